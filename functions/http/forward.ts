import * as z from 'zod/mini';
import { PLATFORM } from '../../domain/ids.ts';
import { invokeNow } from '../aws/lambda.ts';
import type { Identity } from './identity.ts';
import type { ApiAnswer, ApiEvent } from './request.ts';

/** Forwards a request to another function; undefined if this function serves it. */
export type Forward = (identity: Identity, request: ApiEvent) => Promise<ApiAnswer> | undefined;

const Answer = z.object({
  statusCode: z.int(),
  headers: z.optional(z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))),
  body: z.optional(z.string()),
});

/**
 * Forwards super admins' requests for customers' organizations: their token names no customer, so this
 * function can't open one for them. The other function verifies the token again.
 */
export const platformTo =
  (supportFunction: string, invoke = invokeNow): Forward =>
  ({ organizationId }, request) => {
    if (organizationId !== PLATFORM) return undefined;
    return passOnTo(supportFunction, invoke)(request);
  };

/** Forwards a request to a function that trusts nothing this one has found out. */
export const passOnTo =
  (functionName: string, invoke = invokeNow) =>
  async (request: ApiEvent): Promise<ApiAnswer> => {
    // Changes aren't sent twice, because the outcome of the first attempt is unknown.
    const isRepeatable = /^(GET|HEAD) /.test(request.routeKey);
    return Answer.parse(await invoke(functionName, eventOf(request), { isRepeatable }));
  };

/** The event as sent by API Gateway, without what the steps have added. */
const eventOf = (request: ApiEvent): ApiEvent => ({
  version: request.version,
  routeKey: request.routeKey,
  rawPath: request.rawPath,
  rawQueryString: request.rawQueryString,
  headers: request.headers,
  requestContext: request.requestContext,
  isBase64Encoded: request.isBase64Encoded,
  ...(request.queryStringParameters && { queryStringParameters: request.queryStringParameters }),
  ...(request.pathParameters && { pathParameters: request.pathParameters }),
  ...(request.body !== undefined && { body: request.body }),
});
