import { isIP } from 'node:net';
import { httpRefusals } from '../http.refusals.ts';
import type { VerifyToken } from '../identity.ts';
import {
  type ApiAnswer,
  type ApiEvent,
  type ApiRequest,
  type Authenticated,
  enrich,
  type HttpMiddleware,
} from '../request.ts';
import type { Resources, Routed } from '../resource.ts';

/**
 * The resource of a path: its last fixed segment that names one. `…/teams/{teamId}/members/{userId}`
 * belongs to teams.
 */
const resourceOf = (path: string, resources: Resources): string | undefined =>
  path
    .split('/')
    .filter((word) => Object.hasOwn(resources, word))
    .at(-1);

/**
 * Finds the route that API Gateway matched. Its resource is loaded on first use, so a cold start only pays
 * for what is requested. HEAD is answered like GET. A route of another function counts as unknown.
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

/**
 * The client's address. CloudFront appends it to `X-Forwarded-For`, and API Gateway appends CloudFront's
 * own, so the second to last entry is trustworthy, whatever a client sends: API Gateway only accepts
 * requests through CloudFront. Source: CloudFront Developer Guide, "Request and response behavior for
 * custom origins".
 */
export function addressOf({ headers, requestContext }: Pick<ApiEvent, 'headers' | 'requestContext'>): string {
  const viewer = (headers['x-forwarded-for'] ?? '').split(',').at(-2)?.trim();
  return viewer !== undefined && isIP(viewer) !== 0 ? viewer : requestContext.http.sourceIp;
}

/** How a function authenticates requests. */
export interface Door {
  readonly verify: VerifyToken;
  /** Forwards a request that carries an API key; without it, keys aren't accepted. */
  readonly passKeysOn?: ((request: ApiRequest) => Promise<ApiAnswer>) | undefined;
}

const session = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i;
// The prefix of API keys; see `key-text.ts`, which only the machines function loads.
const apiKey = /^Bearer (mtcms_\w+)$/i;

/** Verifies the bearer token (RFC 6750) of every route except public ones. Throws `unauthenticated`. */
export const authenticate = ({
  verify,
  passKeysOn,
}: Door): HttpMiddleware<ApiRequest & Routed & Authenticated> =>
  enrich(async (request: ApiRequest & Routed): Promise<Authenticated> => {
    const { access } = request.matched.route;
    if (access.kind === 'anyone') return { entry: { caller: null } };
    const { authorization = '' } = request.headers;
    if (passKeysOn !== undefined && apiKey.test(authorization))
      return { entry: { passOn: () => passKeysOn(request) } };
    const [, token] = session.exec(authorization) ?? apiKey.exec(authorization) ?? [];
    if (token === undefined) throw httpRefusals.not_signed_in();
    const identity = await verify(token, access);
    const { userAgent }: { readonly userAgent?: string | null } = request.requestContext.http;
    const actor = {
      by: identity.apiKeyId ?? identity.userId,
      role: 'team_member',
      requestId: request.requestId,
      impersonatedBy: identity.impersonatedBy,
      ip: addressOf(request),
      userAgent: userAgent?.slice(0, 256).toWellFormed(),
    } as const;
    return { entry: { access, caller: { identity, actor } } };
  });
