import { AppError } from '../../domain/errors.ts';
import type { UserId } from '../../domain/ids.ts';
import { type ClerkSettings, clerkApi } from './api.ts';

/**
 * Lets Clerk forget which organization a person was in, so that another one can invite them. Best effort: what the
 * table says holds without it, and the organization itself can invite them again in any case.
 */
export async function forgetMembership(settings: ClerkSettings, userId: UserId): Promise<void> {
  try {
    const { call } = clerkApi(settings);
    // `null` takes a key out of the metadata. Source: Clerk Backend API reference, PATCH /users/{user_id}/metadata.
    const forgotten = { public_metadata: { organizationId: null, invitationId: null } };
    await call('PATCH', `/users/${encodeURIComponent(userId)}/metadata`, forgotten);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
}
