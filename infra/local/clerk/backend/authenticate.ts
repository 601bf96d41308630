import { ClerkError } from '../http/clerk-error.ts';
import type { ClerkRequest } from '../http/clerk-request.ts';

/** Refuses a Backend API request without the instance's secret key. */
export function authenticate({ header }: ClerkRequest, secretKey: string): void {
  const [scheme, key] = (header('authorization') ?? '').split(' ');
  if (scheme !== 'Bearer' || !key)
    throw new ClerkError(
      401,
      'authorization_header_format_invalid',
      'Invalid Authorization header format. Must be "Bearer <YOUR_API_KEY>"',
    );
  if (key !== secretKey)
    throw new ClerkError(
      401,
      'clerk_key_invalid',
      'The provided Clerk Secret Key is invalid. Make sure that your Clerk Secret Key is correct.',
    );
}
