import type * as z from 'zod/mini';

/** Every code the API answers with, and its HTTP status (RFC 9110). Codes are stable: clients switch on them. */
export const errorStatus = {
  validation_failed: 400,
  invalid_cursor: 400,
  unauthenticated: 401,
  entitlement_exceeded: 402,
  forbidden: 403,
  organization_inactive: 403,
  subscription_expired: 403,
  not_found: 404,
  conflict: 409,
  last_admin: 409,
  already_exists: 409,
  stale: 412,
  payload_too_large: 413,
  unsupported_media_type: 415,
  idempotency_mismatch: 422,
  precondition_required: 428,
  rate_limited: 429,
  internal: 500,
  identity_unavailable: 503,
} as const;

export type ErrorCode = keyof typeof errorStatus;

/** One wrong field of a request: where it is (dotted path from the body, query or path) and what to do about it. */
export interface FieldError {
  readonly path: string;
  readonly message: string;
}

/** What a schema finds wrong, field by field. */
export const fieldErrorsOf = ({ issues }: z.core.$ZodError): FieldError[] =>
  issues.map(({ path, message }) => ({ path: path.join('.'), message }));

/** The only error the product throws on purpose. `message` is for the person who reads it; `cause` is for the log. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly fields: readonly FieldError[];
  /** When to try again, if waiting helps. */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options: { cause?: unknown; fields?: readonly FieldError[]; retryAfterSeconds?: number } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.fields = options.fields ?? [];
    this.retryAfterSeconds = options.retryAfterSeconds;
  }

  get status(): number {
    return errorStatus[this.code];
  }
}

/** The refusal of a change that was made to an older state than the one there is (RFC 9110, If-Match). */
export const stale = (): AppError =>
  new AppError('stale', 'Somebody else has changed this since you read it. Read it again, then try again.');

/** The refusal of a change that met another one, made at the same moment by somebody else. */
export const collided = (): AppError =>
  new AppError('conflict', 'Somebody else changed this at the same moment. Try again.');
