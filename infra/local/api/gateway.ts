import type { IncomingMessage } from 'node:http';
import * as z from 'zod';
import type { HttpApiResource } from '../assembly/http-api.ts';
import type { FunctionOutcome } from '../aws/function-outcome.ts';
import { type HttpAnswer, json, readBody } from '../http/answer.ts';
import { proxyEvent } from './event.ts';
import { routeFinder } from './routes.ts';
import { throttle } from './throttle.ts';

const mostBytes = 10 * 1024 * 1024;

/** What a function answers, format 2.0. */
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
 * The HTTP API: finds the route, runs its function, answers what it says, all as API Gateway does. Throttles
 * are those of routes, so that a path that is none of them uses up nobody's requests; against such floods AWS
 * has the account's limit, which isn't here.
 */
export function httpApi({ api, invoke }: GatewayOptions) {
  const find = routeFinder(api.routes);
  const admits = throttle(api.throttling);
  const alone = new Map([...api.routeThrottling].map(([key, throttling]) => [key, throttle(throttling)]));
  return async (request: IncomingMessage, url: URL): Promise<HttpAnswer> => {
    const match = find(request.method ?? 'GET', url.pathname);
    const admitted = match === undefined || (alone.get(match.key) ?? admits)();
    // The body is read whatever becomes of the request: a connection closed in the middle would hide the
    // answer.
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
