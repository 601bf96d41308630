import type { InvitationId, OrganizationId } from '../ids.ts';
import { findInvitation } from '../invitation/find-invitation.ts';
import { type ControlPlane, withinOrganization } from '../table/scope.ts';
import type { Difference } from './drift.schema.ts';

/** A letter whose link works, as Clerk lists it, with what of ours it says. */
export interface ListedLetter {
  readonly providerId: string;
  readonly clerkTime: number;
  readonly organizationId?: OrganizationId | undefined;
  readonly invitationId?: InvitationId | undefined;
}

/**
 * The letters whose invitation is over, or gone. A letter that names no invitation isn't one of ours: those
 * of new super admins name none.
 */
export async function compareLetters(
  plane: ControlPlane,
  letters: readonly ListedLetter[],
): Promise<Difference[]> {
  const found = await Promise.all(
    letters.map(async ({ providerId, clerkTime, organizationId, invitationId }): Promise<Difference[]> => {
      if (organizationId === undefined || invitationId === undefined) return [];
      const invitation = await findInvitation(withinOrganization(plane, organizationId), invitationId);
      // An expired one can be sent again, and Clerk's letter expires with it.
      if (invitation?.status === 'pending' || invitation?.status === 'expired') return [];
      const revision = invitation?.revision;
      return [{ kind: 'letter', of: providerId, organizationId, invitationId, clerkTime, revision }];
    }),
  );
  return found.flat();
}
