import * as z from 'zod/mini';
import { AppError } from '../../domain/errors.ts';
import type { OrganizationId, UserId } from '../../domain/ids.ts';
import { type ClerkSettings, clerkApi } from './api.ts';

const membership = z.object({ public_metadata: z.object({ organizationId: z.optional(z.unknown()) }) });

/**
 * Lets Clerk forget that a person was in an organization, if that is the one it names by now, so that another one can invite them. Best effort: what the
 * table says holds without it, and the organization itself can invite them again in any case.
 */
export async function forgetMembership(
  settings: ClerkSettings,
  userId: UserId,
  organizationId: OrganizationId,
): Promise<void> {
  try {
    const { call, read } = clerkApi(settings);
    const path = `/users/${encodeURIComponent(userId)}`;
    const named = (await read(path, membership)).public_metadata.organizationId;
    if (named !== organizationId) return;
    // `null` takes a key out of the metadata. Source: Clerk Backend API reference, PATCH /users/{user_id}/metadata.
    const forgotten = { public_metadata: { organizationId: null, invitationId: null } };
    await call('PATCH', `${path}/metadata`, forgotten);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
}
