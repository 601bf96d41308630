import { onlineManager } from '@tanstack/react-query';
import * as z from 'zod/mini';
import type { Params } from '../../domain/errors.ts';

/** Why the server refused, and the parameters for the sentence that explains it. */
const why = {
  reason: z.optional(z.string()),
  params: z.optional(z.record(z.string(), z.union([z.string(), z.number()]))),
};

/** RFC 9457 problem details as the API sends them. */
const problem = z.object({
  title: z.string(),
  code: z.string(),
  requestId: z.optional(z.string()),
  ...why,
  errors: z._default(z.array(z.object({ path: z.string(), message: z.string(), ...why })), []),
});
type Problem = z.infer<typeof problem>;

/**
 * An error response from the API, or `offline` when no response arrived. `fields` names the invalid parts
 * of the request.
 */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly code: string;
  readonly requestId: string | undefined;
  readonly reason: string | undefined;
  readonly params: Params | undefined;
  readonly fields: Problem['errors'];
  /** How long the server asks the client to wait (`Retry-After`). */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    status: number,
    { title, code, requestId, reason, params, errors }: Problem,
    retryAfterSeconds?: number,
  ) {
    super(title);
    this.status = status;
    this.code = code;
    this.requestId = requestId;
    this.reason = reason;
    this.params = params;
    this.fields = errors;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

const supportReasons: readonly (string | undefined)[] = ['support_access_needed', 'support_access_waits'];

/** Whether a super admin was refused because support access is required. */
export const needsSupport = (error: Error | null): boolean =>
  error instanceof ApiError && supportReasons.includes(error.reason);

export const offline = (): ApiError =>
  new ApiError(0, { title: 'No connection', code: 'offline', errors: [] });

/** Whether no response arrived. Such an error is cleared once the connection is back. */
export const isOffline = (error: unknown): boolean => error instanceof ApiError && error.code === 'offline';

/**
 * Reads an error response. Anything other than problem details, such as a gateway's own response, becomes a
 * generic `ApiError`.
 */
export async function errorOf(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => null);
  const parsed = problem.safeParse(body);
  const wait = Number(response.headers.get('retry-after') ?? Number.NaN);
  const seconds = Number.isFinite(wait) ? wait : undefined;
  if (parsed.success) return new ApiError(response.status, parsed.data, seconds);
  const code = response.status === 429 ? 'rate_limited' : 'unexpected';
  return new ApiError(response.status, { title: response.statusText, code, errors: [] }, seconds);
}

/** Calls the listener once, when the connection is back. Returns a function that cancels this. */
export function onceBack(listener: () => unknown): () => void {
  const stop = onlineManager.subscribe((online) => {
    if (!online) return;
    stop();
    listener();
  });
  return stop;
}
