import * as z from 'zod';
import { type ErrorCode, errorStatus } from '../../domain/errors.ts';
import { refusalsOf } from '../../functions/http/openapi/refusals.ts';
import type { Route } from '../../functions/http/route.ts';
import type { Answer } from '../support/product.ts';

/** The id of a message, and its parameters. */
const said = {
  reason: z.string().optional(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
};
const problem = z.strictObject({
  type: z.literal('about:blank'),
  title: z.string().min(1),
  status: z.number(),
  code: z.string().refine((code): code is ErrorCode => code in errorStatus),
  requestId: z.string(),
  errors: z.array(z.strictObject({ path: z.string(), message: z.string(), ...said })).optional(),
  ...said,
});

/** API Gateway's own responses, to requests that don't reach a function. */
const gatewayRefusals: readonly number[] = [404, 413, 429];

const leaks = /node_modules|\.m?[jt]s:\d+|\n\s+at |ElectroError|DynamoDB|AccessDenied|ZodError/;

/**
 * The problem with a response, or null, in addition to its schema: an internal error, or an undocumented
 * refusal.
 */
export function judge(route: Route, { status, headers, body }: Answer): string | null {
  const type = headers.get('content-type') ?? '';
  if (status >= 400 && type.startsWith('application/json') && gatewayRefusals.includes(status)) return null;
  if (headers.get('x-request-id') === null) return 'no request id';
  if (status >= 500) return `status ${status}`;
  if (status < 400) return status === route.status ? null : `status ${status}`;
  if (type !== 'application/problem+json') return `content type ${type}`;
  const parsed = problem.safeParse(body);
  if (!parsed.success) return `no problem document: ${parsed.error.message}`;
  const { code, requestId } = parsed.data;
  if (errorStatus[code] !== status || parsed.data.status !== status) return `${code} with status ${status}`;
  if (requestId !== headers.get('x-request-id')) return 'another request id';
  if (!refusalsOf(route).includes(code)) return `undocumented code ${code}`;
  return leaks.test(JSON.stringify(body)) ? 'a refusal that tells of the inside' : null;
}
