import type { Request } from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { AppError } from '../../../domain/errors.ts';
import { exchangeOf } from '../exchange.ts';
import type { Nouns } from '../noun.ts';

/** What a middleware does with a request at one point of its way. */
export type Step = (
  request: Request<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>,
) => void | Promise<void>;

/**
 * A step of the pipeline. None returns anything: middy would take that for the answer, and leave out every
 * `after`.
 */
export interface HttpMiddleware {
  readonly before?: Step;
  readonly after?: Step;
  readonly onError?: Step;
}

/**
 * The noun of a path: the last fixed word in it that names one. `…/teams/{teamId}/members/{userId}` is about
 * teams.
 */
const nounOf = (path: string, nouns: Nouns): string | undefined =>
  path
    .split('/')
    .filter((word) => Object.hasOwn(nouns, word))
    .at(-1);

/**
 * Finds the row of the route table that API Gateway matched, among those of its noun, which is loaded now if
 * it wasn't: a cold start pays for the noun that is asked for, however many there are. HEAD is answered as
 * GET. Another function's route is as unknown as none.
 */
export const findRoute = (nouns: Nouns): HttpMiddleware => ({
  before: async ({ event }) => {
    const [method = '', path = ''] = event.routeKey.split(' ');
    const asked = method === 'HEAD' ? 'GET' : method;
    const word = nounOf(path, nouns);
    const found = word === undefined ? undefined : await nouns[word]?.();
    const [name, route] =
      Object.entries(found?.routes ?? {}).find(([, row]) => row.method === asked && row.path === path) ?? [];
    const answer = name === undefined ? undefined : found?.answer(name);
    if (name === undefined || route === undefined || answer === undefined)
      throw new AppError('not_found', 'There is no such address.');
    Object.assign(exchangeOf(event), { name, route, answer });
  },
});
