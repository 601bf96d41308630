import * as z from 'zod/mini';
import { AppError } from '../../domain/errors.ts';
import { secret } from '../aws/secrets.ts';

const secretShape = z.object({ secretKey: z.string().check(z.minLength(1)) });

/** How to reach Clerk. */
export interface ClerkSettings {
  readonly apiUrl: string;
  readonly secretId: string;
  /** Where the accepted invitation's link leads. */
  readonly appOrigin: string;
}

/** The refusal when Clerk can't be asked, or answers as it shouldn't. */
export const unavailable = (cause: unknown) =>
  new AppError(
    'identity_unavailable',
    "The sign-in service can't be reached. Nothing was changed; try again.",
    { cause },
  );

/**
 * Clerk's Backend API over `fetch`, since Clerk's client weighs more than the rest of a function. Throws `identity_unavailable`
 * when Clerk can't be reached, fails, or has taken as many requests as it does at a time.
 */
export function clerkApi({ apiUrl, secretId }: Pick<ClerkSettings, 'apiUrl' | 'secretId'>) {
  const call = async (method: string, path: string, body?: unknown): Promise<Response> => {
    const { secretKey } = secretShape.parse(JSON.parse(await secret(secretId)));
    const request: RequestInit = {
      method,
      headers: { authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' },
      signal: AbortSignal.timeout(4000),
    };
    if (body !== undefined) request.body = JSON.stringify(body);
    const response = await fetch(`${apiUrl}/v1${path}`, request).catch((cause: unknown) => {
      throw unavailable(cause);
    });
    if (response.status >= 500 || response.status === 429)
      throw unavailable(new Error(`Clerk: ${response.status}`));
    return response;
  };
  const read = async <Shape extends z.ZodMiniType>(path: string, shape: Shape) => {
    const response = await call('GET', path);
    if (!response.ok) throw unavailable(new Error(`Clerk answered ${response.status} to GET ${path}`));
    return shape.parse(await response.json());
  };
  return { call, read };
}
