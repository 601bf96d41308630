import * as z from 'zod/mini';
import { changedSecret, secret } from '../aws/secrets.ts';
import { clerkRefusals } from './clerk.refusals.ts';

const secretShape = z.object({ secretKey: z.string().check(z.minLength(1)) });

/** How to reach Clerk. */
export interface ClerkSettings {
  readonly apiUrl: string;
  readonly secretId: string;
  /** Where the link of an invitation email leads. */
  readonly appOrigin: string;
}

/** The refusal when Clerk is unreachable or responds unexpectedly. */
export const unavailable = (cause: unknown) => clerkRefusals.identity_unavailable({}, { cause });

/**
 * Client for Clerk's Backend API on `fetch`, since Clerk's own client is larger than the rest of a
 * function. A key that Clerk refuses is re-read in case it was rotated. Throws `identity_unavailable` if
 * Clerk is unreachable, fails, or throttles.
 */
export function clerkApi({ apiUrl, secretId }: Pick<ClerkSettings, 'apiUrl' | 'secretId'>) {
  const ask = async (text: string, method: string, path: string, body?: unknown): Promise<Response> => {
    const { secretKey } = secretShape.parse(JSON.parse(text));
    const request: RequestInit = {
      method,
      headers: { authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' },
      signal: AbortSignal.timeout(4000),
    };
    if (body !== undefined) request.body = JSON.stringify(body);
    return await fetch(`${apiUrl}/v1${path}`, request).catch((cause: unknown) => {
      throw unavailable(cause);
    });
  };
  const call = async (...asked: [method: string, path: string, body?: unknown]): Promise<Response> => {
    const used = await secret(secretId);
    const first = await ask(used, ...asked);
    const changed = first.status === 401 ? await changedSecret(secretId, used) : null;
    const response = changed === null ? first : await ask(changed, ...asked);
    if (response.status >= 500 || response.status === 429)
      throw unavailable(new Error(`Clerk: ${response.status}`));
    return response;
  };
  return { call };
}
