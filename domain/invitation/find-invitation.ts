import type { InvitationId } from '../ids.ts';
import type { Stored } from '../table/entity.ts';
import { find } from '../table/reads.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { InvitationItem } from './invitation.noun.ts';
import { invitationRefusals } from './invitation.refusals.ts';
import { Invitation } from './invitation.schema.ts';

/** An invitation, as stored. */
export type StoredInvitation = Stored<typeof InvitationItem>;

/** Reads an invitation as it is now (strongly consistent), or null. */
export const findInvitation = (
  scope: OrganizationScope,
  invitationId: InvitationId,
): Promise<StoredInvitation | null> => find(scope, InvitationItem, { invitationId });

/** Reads an invitation of the scope's organization. Throws `not_found`. */
export async function requireInvitation(
  scope: OrganizationScope,
  invitationId: InvitationId,
): Promise<StoredInvitation> {
  const stored = await findInvitation(scope, invitationId);
  if (stored === null) throw invitationRefusals.invitation_not_found();
  return stored;
}

/** Whether an invitation is still open although it has expired. */
export const isOverdue = ({ status, validUntil }: StoredInvitation, now: Date): boolean =>
  status === 'pending' && validUntil <= now.toISOString();

/** A stored invitation as the API shows it, with its expiry derived from the clock. */
export const showInvitation = (stored: StoredInvitation, now: Date): Invitation =>
  Invitation.parse({
    ...stored,
    id: stored.invitationId,
    expiresAt: stored.validUntil,
    status: isOverdue(stored, now) ? 'expired' : stored.status,
    // Super admins aren't users of the organization: their name is known as long as no one else has changed
    // the invitation.
    inviterName: stored.changed.by === stored.invitedBy ? stored.changed.name : undefined,
  });

const defaultDays = 14;
const dayMs = 86_400_000;

interface Lifetime {
  readonly lifetimeDays?: number | undefined;
}

/** The number of days an invitation is valid each time it is sent. */
export const lifetimeOf = ({ lifetimeDays = defaultDays }: Lifetime): number => lifetimeDays;

/** When an invitation sent now expires (ISO 8601 UTC). */
export const deadlineOf = (invitation: Lifetime, now: Date): string =>
  new Date(now.getTime() + lifetimeOf(invitation) * dayMs).toISOString();
