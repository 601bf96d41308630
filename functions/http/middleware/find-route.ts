import { httpRefusals } from '../http.refusals.ts';
import { type ApiRequest, enrich, type HttpMiddleware } from '../request.ts';
import type { Resources, Routed } from '../resource.ts';

/**
 * The resource of a path: the last fixed word in it that names one. `…/teams/{teamId}/members/{userId}` is
 * about teams.
 */
const resourceOf = (path: string, resources: Resources): string | undefined =>
  path
    .split('/')
    .filter((word) => Object.hasOwn(resources, word))
    .at(-1);

/**
 * Finds the row of the route table that API Gateway matched, among those of its resource, which is loaded now
 * if it wasn't: a cold start pays for the resource that is asked for, however many there are. HEAD is
 * answered as GET. Another function's route is as unknown as none.
 */
export const findRoute = (resources: Resources): HttpMiddleware<ApiRequest & Routed> =>
  enrich(async ({ routeKey }) => {
    const [method = '', path = ''] = routeKey.split(' ');
    const word = resourceOf(path, resources);
    const resource = word === undefined ? undefined : await resources[word]?.();
    const matched = resource?.find(method === 'HEAD' ? 'GET' : method, path);
    if (matched === undefined) throw httpRefusals.address_not_found();
    return { matched };
  });
