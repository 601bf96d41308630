import { AppError } from '../errors.ts';
import type { InvitationId } from '../ids.ts';
import { entityOf } from '../table/entity.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { InvitationItem } from './invitation.noun.ts';
import { Invitation } from './invitation.schema.ts';

/** An invitation as the table has it. */
export type StoredInvitation = NonNullable<Awaited<ReturnType<typeof readInvitation>>>;

/** Reads an invitation (strongly consistent), or null. */
export async function readInvitation(
  { organizationId, client, table }: OrganizationScope,
  invitationId: InvitationId,
) {
  const { data } = await entityOf(InvitationItem).get({ organizationId, invitationId }).go({
    client,
    table,
    consistent: true,
  });
  return data;
}

/** An invitation as the table has it. Throws `not_found`. */
export async function requireStored(scope: OrganizationScope, id: InvitationId): Promise<StoredInvitation> {
  const stored = await readInvitation(scope, id);
  if (stored === null) throw new AppError('not_found', 'There is no such invitation.');
  return stored;
}

/** Whether an invitation waits for an answer whose time is over. */
export const isOverdue = ({ status, validUntil }: StoredInvitation, now: Date): boolean =>
  status === 'pending' && validUntil <= now.toISOString();

/** A stored invitation as the API shows it, its expiry derived from the clock. */
export const showInvitation = (stored: StoredInvitation, now: Date): Invitation =>
  Invitation.parse({
    ...stored,
    id: stored.invitationId,
    expiresAt: stored.validUntil,
    status: isOverdue(stored, now) ? 'expired' : stored.status,
  });

const lifetimeDays = 14;
const dayMs = 86_400_000;

/** For how many days an invitation is good each time it is sent. */
export const lifetimeOf = ({ lifetimeDays: own }: Pick<StoredInvitation, 'lifetimeDays'>): number =>
  own ?? lifetimeDays;

/** When an invitation that is sent now stops being good (ISO 8601 UTC). */
export const deadline = (days: number, now: Date): string =>
  new Date(now.getTime() + days * dayMs).toISOString();
