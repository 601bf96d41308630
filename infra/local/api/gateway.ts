import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod';
import type { HttpApiResource } from '../assembly/http-api.ts';
import type { FunctionOutcome } from '../aws/resources.ts';
import { type HttpAnswer, json, readBody } from '../http/answer.ts';
import { type RouteMatch, routeFinder } from './routes.ts';

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

interface GatewayOptions {
  readonly api: HttpApiResource;
  readonly invoke: (functionArn: string, event: unknown) => Promise<FunctionOutcome>;
}

/**
 * The HTTP API as API Gateway runs it: finds the route, throttles it, invokes its function. An unknown path
 * counts against no throttle; AWS limits those by account, which isn't imitated.
 */
export function httpApi({ api, invoke }: GatewayOptions) {
  const find = routeFinder(api.routes);
  const admits = throttle(api.throttling);
  const alone = new Map([...api.routeThrottling].map(([key, throttling]) => [key, throttle(throttling)]));
  return async (request: IncomingMessage, url: URL): Promise<HttpAnswer> => {
    const match = find(request.method ?? 'GET', url.pathname);
    const admitted = match === undefined || (alone.get(match.key) ?? admits)();
    // The body is read in any case: closing the connection earlier would hide the answer.
    const body = await readBody(request, mostBytes);
    if (!admitted) return refusal(429, 'Too Many Requests');
    if (match === undefined) return refusal(404, 'Not Found');
    if (body === null) return refusal(413, 'Request Entity Too Large');
    const outcome = await invoke(match.functionArn, proxyEvent(request, { url, body, match, apiId: api.id }));
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

const textual = /^(text\/|application\/(json|xml|javascript|x-www-form-urlencoded|[\w.+-]*\+json))/i;

/** CloudFront's address, as the API sees it. */
const edge = '127.0.0.1';

/**
 * The event that API Gateway makes of a request, payload format 2.0.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
function proxyEvent(
  request: IncomingMessage,
  { url, body, match, apiId }: { url: URL; body: Buffer; match: RouteMatch; apiId: string },
): APIGatewayProxyEventV2 {
  const { cookie, ...headers } = request.headers;
  const viewer = request.socket.remoteAddress?.replace(/^::ffff:/, '') ?? edge;
  // CloudFront appends the viewer's address, and API Gateway that of CloudFront.
  const forwardedFor = [headers['x-forwarded-for'], viewer, edge].flat().filter(Boolean).join(', ');
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
        sourceIp: edge,
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
 * A token bucket of `burst` requests, refilled by `perSecond`. The function it returns takes a token, if
 * there is one.
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
