import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import QuickLRU from 'quick-lru';
import * as z from 'zod';
import type { HttpApiResource } from '../assembly/http-api.ts';
import type { FunctionOutcome } from '../aws/resources.ts';
import { type HttpAnswer, json, readBody } from '../http.ts';

interface RouteMatch {
  /** `GET /api/things/{id}`. */
  readonly key: string;
  readonly functionArn: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Finds the route of a request; undefined if none matches. */
type FindRoute = (method: string, path: string) => RouteMatch | undefined;

const parameter = /^\{(\w+)\}$/;

/**
 * Matches as API Gateway does: paths with fewer parameters first. Greedy parameters and `$default` are
 * missing, because the template doesn't use them.
 */
function routeFinder(routes: HttpApiResource['routes']): FindRoute {
  const table = routes
    .map(({ key, functionArn }) => {
      const [method = '', path = ''] = key.split(' ');
      const parts = path.split('/');
      return {
        key,
        functionArn,
        method,
        parts,
        variable: parts.filter((part) => parameter.test(part)).length,
      };
    })
    .sort((a, b) => a.variable - b.variable);
  return (method, path) => {
    const given = path.split('/');
    for (const { key, functionArn, method: own, parts } of table) {
      if (own !== method || parts.length !== given.length) continue;
      const parameters: Record<string, string> = {};
      const fits = parts.every((part, index) => {
        const value = given[index] ?? '';
        const [, name] = parameter.exec(part) ?? [];
        if (name === undefined) return part === value;
        parameters[name] = decoded(value);
        return value !== '';
      });
      if (fits) return { key, functionArn, parameters };
    }
    return undefined;
  };
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

const mostBytes = 10 * 1024 * 1024;

/** A function's response, payload format 2.0. */
const answer = z.object({
  statusCode: z.number().int().default(200),
  headers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String)).default({}),
  cookies: z.array(z.string()).default([]),
  body: z.string().default(''),
  isBase64Encoded: z.boolean().default(false),
});

const refusal = (status: number, message: string): HttpAnswer => json(status, { message });

/** An authorizer function's response, in the simple format. */
const decision = z.object({ isAuthorized: z.boolean() });

/** A request's headers and address. CloudFront changes both. */
export interface Arrival {
  readonly headers: IncomingHttpHeaders;
  readonly address: string;
}

/** A request that bypasses CloudFront. */
const asSent = ({ headers, socket }: IncomingMessage): Arrival => ({ headers, address: addressOf(socket) });

export const addressOf = ({
  remoteAddress = '127.0.0.1',
}: Pick<IncomingMessage['socket'], 'remoteAddress'>): string => remoteAddress.replace(/^::ffff:/, '');

interface GatewayOptions {
  readonly api: HttpApiResource;
  readonly invoke: (functionArn: string, event: unknown) => Promise<FunctionOutcome>;
}

/**
 * The HTTP API as API Gateway runs it: finds the route, throttles it, calls the authorizer, invokes the
 * function. Unknown paths don't count against a throttle; AWS limits those per account, which isn't
 * imitated.
 */
export function httpApi({ api, invoke }: GatewayOptions) {
  const find = routeFinder(api.routes);
  const admits = throttle(api.throttling);
  const alone = new Map([...api.routeThrottling].map(([key, throttling]) => [key, throttle(throttling)]));
  const refused = authorization({ api, invoke });
  return async (request: IncomingMessage, url: URL, arrival = asSent(request)): Promise<HttpAnswer> => {
    const match = find(request.method ?? 'GET', url.pathname);
    const admitted = match === undefined || (alone.get(match.key) ?? admits)();
    // The body is read in any case: closing the connection earlier would hide the response.
    const body = await readBody(request, mostBytes);
    if (!admitted) return refusal(429, 'Too Many Requests');
    if (match === undefined) return refusal(404, 'Not Found');
    if (body === null) return refusal(413, 'Request Entity Too Large');
    const event = proxyEvent(request, { url, body, match, arrival, apiId: api.id });
    const refusedAs = await refused(event);
    if (refusedAs !== undefined) return refusedAs;
    const outcome = await invoke(match.functionArn, event);
    if (!outcome.ok) return refusal(500, 'Internal Server Error');
    const parsed = answer.safeParse(outcome.payload);
    if (!parsed.success) return refusal(500, 'Internal Server Error');
    const { statusCode, headers, cookies, body: text, isBase64Encoded } = parsed.data;
    return {
      status: statusCode,
      headers: { ...headers, ...(cookies.length === 0 ? {} : { 'set-cookie': cookies }) },
      body: Buffer.from(text, isBase64Encoded ? 'base64' : 'utf8'),
    };
  };
}

/**
 * Calls the authorizer's function; returns the refusal, if any.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html
 */
function authorization({ api: { authorizer }, invoke }: GatewayOptions) {
  const kept = new QuickLRU<string, boolean>({ maxSize: 1000, maxAge: authorizer.keptSeconds * 1000 });
  return async (event: APIGatewayProxyEventV2): Promise<HttpAnswer | undefined> => {
    const value = event.headers[authorizer.header];
    if (value === undefined || value === '') return refusal(401, 'Unauthorized');
    const known = kept.get(value);
    if (known !== undefined) return known ? undefined : refusal(403, 'Forbidden');
    const { body: _, isBase64Encoded: __, ...asked } = event;
    const question = { ...asked, type: 'REQUEST', identitySource: [value] };
    const outcome = await invoke(authorizer.functionArn, question);
    const decided = decision.safeParse(outcome.ok ? outcome.payload : undefined);
    if (!decided.success) return refusal(500, 'Internal Server Error');
    kept.set(value, decided.data.isAuthorized);
    return decided.data.isAuthorized ? undefined : refusal(403, 'Forbidden');
  };
}

const textual = /^(text\/|application\/(json|xml|javascript|x-www-form-urlencoded|[\w.+-]*\+json))/i;

interface Matched {
  readonly url: URL;
  readonly body: Buffer;
  readonly match: RouteMatch;
  readonly arrival: Arrival;
  readonly apiId: string;
}

/**
 * The event that API Gateway makes of a request, payload format 2.0.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
function proxyEvent(
  request: IncomingMessage,
  { url, body, match, arrival, apiId }: Matched,
): APIGatewayProxyEventV2 {
  const { cookie, ...headers } = arrival.headers;
  const forwardedFor = [headers['x-forwarded-for'], arrival.address].flat().filter(Boolean).join(', ');
  const now = new Date();
  const asText = body.length > 0 && textual.test(request.headers['content-type'] ?? '');
  return {
    version: '2.0',
    routeKey: match.key,
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    ...(cookie === undefined ? {} : { cookies: cookie.split('; ') }),
    headers: Object.fromEntries(
      Object.entries({ ...headers, 'x-forwarded-for': forwardedFor }).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.join(',') : value,
      ]),
    ),
    ...queryOf(url),
    ...(Object.keys(match.parameters).length === 0 ? {} : { pathParameters: match.parameters }),
    requestContext: {
      accountId: '000000000000',
      apiId,
      domainName: url.host,
      domainPrefix: apiId,
      http: {
        method: request.method ?? 'GET',
        path: url.pathname,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: arrival.address,
        userAgent: request.headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey: match.key,
      stage: '$default',
      time: now.toUTCString(),
      timeEpoch: now.getTime(),
    },
    ...(body.length === 0 ? {} : { body: asText ? body.toString('utf8') : body.toString('base64') }),
    isBase64Encoded: body.length > 0 && !asText,
  };
}

/** The values of a repeated parameter are joined by commas. */
function queryOf({ searchParams }: URL): Pick<APIGatewayProxyEventV2, 'queryStringParameters'> {
  const names = [...new Set(searchParams.keys())];
  if (names.length === 0) return {};
  return {
    queryStringParameters: Object.fromEntries(
      names.map((name) => [name, searchParams.getAll(name).join(',')]),
    ),
  };
}

/**
 * A token bucket of `burst` requests, refilled by `perSecond`. The returned function takes a token, if
 * available.
 */
export function throttle(
  { burst, perSecond }: { readonly burst: number; readonly perSecond: number },
  now: () => number = () => performance.now(),
): () => boolean {
  let tokens = burst;
  let last = now();
  return () => {
    const at = now();
    tokens = Math.min(burst, tokens + (Math.max(0, at - last) / 1000) * perSecond);
    last = at;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}
