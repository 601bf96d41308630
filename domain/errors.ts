/**
 * Every code the API answers with, and its HTTP status (RFC 9110). Codes are stable: clients switch on them.
 */
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

/**
 * One wrong field of a request: where it is (dotted path from the body, query or path) and what to do about
 * it.
 */
export interface FieldError {
  readonly path: string;
  readonly message: string;
  /** Names the sentence, as `AppError.reason` does. */
  readonly reason: string;
  readonly params: Params;
}

/** What stands in the places of a sentence. */
export type Params = Readonly<Record<string, string | number>>;

interface Details {
  readonly cause?: unknown;
  readonly fields?: readonly FieldError[];
  readonly retryAfterSeconds?: number | undefined;
  /** Names the sentence: clients make their own of it and `params`, in their reader's language. */
  readonly reason?: string | undefined;
  readonly params?: Params;
}

/**
 * The only error the product throws on purpose. `message` is English, for who reads the API's answers;
 * `cause` is for the log.
 */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly fields: readonly FieldError[];
  /** When to try again, if waiting helps. */
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

/**
 * One way to refuse: its code, its sentence with `{places}`, and the field of the request that it is about.
 */
type Refusal = readonly [code: ErrorCode, sentence: string, field?: string];

/** The names of a sentence's places; `{low, high}` is none. */
type PlacesIn<Sentence extends string> = Sentence extends `${string}{${infer Place}}${infer Rest}`
  ? (Place extends `${string} ${string}` ? never : Place) | PlacesIn<Rest>
  : never;

/** What a sentence wants for its places, as the next argument of a function; none where it has no places. */
export type ParamsFor<Sentence extends string> = [PlacesIn<Sentence>] extends [never]
  ? [params?: Readonly<Record<string, never>>]
  : [params: Readonly<Record<PlacesIn<Sentence>, string | number>>];

interface More extends Pick<Details, 'cause' | 'fields' | 'retryAfterSeconds'> {
  /** The field that it is about, where that isn't always the same. */
  readonly path?: string;
}

/** Makes the error. */
type Refuse<Sentence extends string> = (...parameters: [...ParamsFor<Sentence>, more?: More]) => AppError;

/**
 * Declares the refusals of a noun, each by its reason: the name of its sentence, which clients switch on as
 * they do on codes. `teamRefusals.team_full({ most: 200 })` is the error.
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

/** A sentence with what stands in its `{places}`. */
export const filledIn = (sentence: string, params: Params): string =>
  sentence.replaceAll(/\{(\w+)\}/g, (place, name: string) => String(params[name] ?? place));

/** The refusals of every change and of every list. */
export const sharedRefusals = refusals({
  /** The change was made to an older state than the one there is (RFC 9110, If-Match). */
  stale: ['stale', 'This has changed since you read it. Read it again and retry.'],
  /** The change met another one, made at the same moment by somebody else. */
  collided: ['conflict', 'This was changed by another request at the same moment. Try again.'],
  cursor_invalid: ['invalid_cursor', 'This cursor isn’t valid anymore. Start again from the first page.'],
});

export const { stale, collided } = sharedRefusals;
