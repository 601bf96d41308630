/** The API's error codes, with their HTTP status (RFC 9110). Codes are stable: clients depend on them. */
export const errorStatus = {
  validation_failed: 400,
  invalid_cursor: 400,
  unauthenticated: 401,
  entitlement_exceeded: 402,
  forbidden: 403,
  approval_required: 403,
  reverification_required: 403,
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

/** An invalid field of a request: its dotted path in body, query or path, and what to do about it. */
export interface FieldError {
  readonly path: string;
  readonly message: string;
  /** Identifies the message, like `AppError.reason`. */
  readonly reason: string;
  readonly params: Params;
}

/** The parameters of a message. */
export type Params = Readonly<Record<string, string | number>>;

interface Details {
  readonly cause?: unknown;
  readonly fields?: readonly FieldError[];
  readonly retryAfterSeconds?: number | undefined;
  /** Identifies the message: clients combine it with `params` into a message in the user's language. */
  readonly reason?: string | undefined;
  readonly params?: Params;
}

/**
 * The only error that the product throws deliberately. `message` is English, for readers of the API's
 * responses; `cause` is for the log.
 */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly fields: readonly FieldError[];
  /** When to retry, if waiting helps. */
  readonly retryAfterSeconds: number | undefined;
  readonly reason: string | undefined;
  readonly params: Params;

  constructor(code: ErrorCode, message: string, details: Details = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.fields = details.fields ?? [];
    this.retryAfterSeconds = details.retryAfterSeconds;
    this.reason = details.reason;
    this.params = details.params ?? {};
  }

  get status(): number {
    return errorStatus[this.code];
  }
}

/** A refusal: its code, its message with `{placeholders}`, and the field it is about. */
type Refusal = readonly [code: ErrorCode, sentence: string, field?: string];

/** The names of a message's placeholders; `{low, high}` isn't one. */
type PlacesIn<Sentence extends string> = Sentence extends `${string}{${infer Place}}${infer Rest}`
  ? (Place extends `${string} ${string}` ? never : Place) | PlacesIn<Rest>
  : never;

/** The arguments for a message's placeholders; none if it has none. */
export type ParamsFor<Sentence extends string> = [PlacesIn<Sentence>] extends [never]
  ? [params?: Readonly<Record<string, never>>]
  : [params: Readonly<Record<PlacesIn<Sentence>, string | number>>];

interface More extends Pick<Details, 'cause' | 'fields' | 'retryAfterSeconds'> {
  /** The field it is about, if that varies. */
  readonly path?: string;
}

/** Makes the error. */
type Refuse<Sentence extends string> = (...parameters: [...ParamsFor<Sentence>, more?: More]) => AppError;

/**
 * Declares a noun's refusals by reason: a stable identifier of the message, like the code.
 * `teamRefusals.team_full({ most: 200 })` creates the error.
 */
export function refusals<const Declared extends Readonly<Record<string, Refusal>>>(
  declared: Declared,
): { readonly [Reason in keyof Declared]: Refuse<Declared[Reason][1]> } {
  const made = Object.entries(declared).map(([reason, [code, sentence, field]]) => [
    reason,
    (params: Params = {}, { path = field, ...more }: More = {}) => {
      const message = filledIn(sentence, params);
      const fields = path === undefined ? [] : [{ path, message, reason, params }];
      return new AppError(code, message, { fields, ...more, reason, params });
    },
  ]);
  return Object.fromEntries(made);
}

/** Fills in a message's `{placeholders}`. */
export const filledIn = (sentence: string, params: Params): string =>
  sentence.replaceAll(/\{(\w+)\}/g, (place, name: string) => String(params[name] ?? place));

/** Refusals shared by all changes and lists. */
export const sharedRefusals = refusals({
  /** The change was based on an outdated state (RFC 9110, If-Match). */
  stale: ['stale', 'This has changed since you read it. Read it again and retry.'],
  /** The change collided with another one made at the same moment. */
  collided: ['conflict', 'This was changed by another request at the same moment. Try again.'],
  cursor_invalid: ['invalid_cursor', 'This cursor isn’t valid anymore. Start again from the first page.'],
});

export const { stale, collided } = sharedRefusals;
