import * as z from 'zod/mini';

/** RFC 9457 problem details as the API sends them. */
const problem = z.object({
  title: z.string(),
  code: z.string(),
  requestId: z.optional(z.string()),
  errors: z._default(z.array(z.object({ path: z.string(), message: z.string() })), []),
});

/** A refusal of the API, or (`offline`) no answer at all. `fields` names what in the request was wrong. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly code: string;
  readonly requestId: string | undefined;
  readonly fields: readonly { readonly path: string; readonly message: string }[];

  constructor(status: number, { title, code, requestId, errors }: z.infer<typeof problem>) {
    super(title);
    this.status = status;
    this.code = code;
    this.requestId = requestId;
    this.fields = errors;
  }
}

export const offline = (): ApiError =>
  new ApiError(0, {
    title: 'The server can’t be reached. Check the connection, then try again.',
    code: 'offline',
    errors: [],
  });

/** Reads a refusal; what isn't problem details (a gateway's own answer) still becomes an error a person can read. */
export async function errorOf(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => null);
  const parsed = problem.safeParse(body);
  if (parsed.success) return new ApiError(response.status, parsed.data);
  const title =
    response.status === 429
      ? 'Too many requests at once. Wait a moment, then try again.'
      : 'The server answered in a way we don’t understand. Try again in a moment.';
  return new ApiError(response.status, { title, code: 'unexpected', errors: [] });
}
