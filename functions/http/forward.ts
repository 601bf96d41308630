import * as z from 'zod/mini';
import { PLATFORM } from '../../domain/ids.ts';
import { invokeNow } from '../aws/lambda.ts';
import type { Identity } from './identity.ts';
import type { ApiAnswer, ApiEvent } from './request.ts';

/** Has another function answer a request; undefined for one that is this function's own. */
export type Forward = (identity: Identity, request: ApiEvent) => Promise<ApiAnswer> | undefined;

const Answer = z.object({
  statusCode: z.int(),
  headers: z.optional(z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))),
  body: z.optional(z.string()),
});

/**
 * Passes on what the platform's people ask of customers' organizations: their token names no customer, so
 * this function can open none for them. The other one verifies the token again.
 */
export const platformTo =
  (supportFunction: string, invoke = invokeNow): Forward =>
  ({ organizationId }, request) => {
    if (organizationId !== PLATFORM) return undefined;
    return passOnTo(supportFunction, invoke)(request);
  };

/** Has another function answer a request: it believes nothing of what this one found out. */
export const passOnTo =
  (functionName: string, invoke = invokeNow) =>
  async (request: ApiEvent): Promise<ApiAnswer> => {
    // A change isn't sent twice, because nobody knows what became of the first.
    const isRepeatable = /^(GET|HEAD) /.test(request.routeKey);
    return Answer.parse(await invoke(functionName, eventOf(request), { isRepeatable }));
  };

/** The event as API Gateway made it, without what the steps have found out. */
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
