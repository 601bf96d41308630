/** What Clerk tells about an error beside its code. Source: Clerk Backend API, errors. */
interface Details {
  /** For a developer; the message itself when absent. */
  readonly longMessage?: string;
  readonly meta?: Readonly<Record<string, unknown>>;
}

/** An error as Clerk answers it: the code that clients switch on, a message, and the HTTP status. */
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
