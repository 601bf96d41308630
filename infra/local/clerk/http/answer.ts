/** A response of the stand-in: text with headers. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Clerk's client parses a response as JSON only if its type is exactly `application/json`. */
export const json = (body: unknown, status = 200): Answer => ({
  status,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: JSON.stringify(body),
});

export const noContent = (headers: Readonly<Record<string, string>> = {}): Answer => ({
  status: 204,
  headers,
  body: '',
});

/** Clerk's error body. */
export function errorAnswer(error: unknown): Answer {
  const { status, code, message, details } = asClerkError(error);
  const { longMessage = message, meta = {} } = details;
  return json({ errors: [{ code, message, long_message: longMessage, meta }] }, status);
}

function asClerkError(error: unknown): ClerkError {
  if (error instanceof ClerkError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new ClerkError(500, 'internal_clerk_error', 'Oops, an unexpected error occurred', {
    longMessage: `The Clerk stand-in failed: ${reason}`,
  });
}

/** Details of an error. Source: Clerk Backend API, errors. */
interface Details {
  /** For a developer; the message itself when absent. */
  readonly longMessage?: string;
  readonly meta?: Readonly<Record<string, unknown>>;
}

/** An error as Clerk returns it: the code that clients switch on, a message, and the HTTP status. */
export class ClerkError extends Error {
  override readonly name = 'ClerkError';
  readonly status: number;
  readonly code: string;
  readonly details: Details;

  constructor(status: number, code: string, message: string, details: Details = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

export const notFound = (what: string) =>
  new ClerkError(404, 'resource_not_found', 'not found', { longMessage: what });

/** A parameter that Clerk refuses with 422. */
export const refusedParameter = (code: string, message: string, parameter: string) =>
  new ClerkError(422, code, message, { meta: { param_name: parameter } });
