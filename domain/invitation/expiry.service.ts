import type { Actor } from '../actor.ts';
import { AppError } from '../errors.ts';
import { InvitationId } from '../ids.ts';
import { countWrite } from '../organization/counters.service.ts';
import { updated } from '../table/change-stamp.ts';
import { entityOf } from '../table/entity.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { transact, update } from '../table/write.ts';
import { freeEmailWrite, holderOfEmail } from '../user/admission.service.ts';
import { InvitationItem } from './invitation.noun.ts';
import { isOverdue, readInvitation, type StoredInvitation } from './stored-invitation.ts';

/**
 * Closes an invitation whose time is over: its seat and its address are free again. Answers whether it did; one that was
 * accepted, taken back or sent again at that moment stays as it is.
 */
export async function settleExpired(
  scope: OrganizationScope,
  actor: Actor,
  { invitationId, email }: Pick<StoredInvitation, 'invitationId' | 'email'>,
  now: Date,
): Promise<boolean> {
  const expired = entityOf(InvitationItem)
    .patch({ organizationId: scope.organizationId, invitationId })
    .set({ status: 'expired', ...updated(actor, 'invitation.expired', now) })
    .add({ revision: 1 })
    .where(
      ({ status, validUntil }, { eq, lte }) =>
        `${eq(status, 'pending')} AND ${lte(validUntil, now.toISOString())}`,
    );
  try {
    await transact(scope, [
      update(scope, expired),
      freeEmailWrite(scope, email, invitationId),
      countWrite(scope, { pendingInvitations: -1 }),
    ]);
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === 'conflict') return false;
    throw error;
  }
}

/** Frees an address that an invitation holds whose time is over. Answers whether the address is free now. */
export async function settleHolderOf(
  scope: OrganizationScope,
  actor: Actor,
  email: string,
  now: Date,
): Promise<boolean> {
  const holder = InvitationId.safeParse(await holderOfEmail(scope, email));
  if (!holder.success) return false;
  const stored = await readInvitation(scope, holder.data);
  return stored !== null && isOverdue(stored, now) && (await settleExpired(scope, actor, stored, now));
}
