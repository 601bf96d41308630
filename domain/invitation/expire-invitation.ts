import type { Context } from '../context.ts';
import { AppError } from '../errors.ts';
import { changeCounts } from '../organization/counts.ts';
import { transact } from '../table/transaction.ts';
import { change } from '../table/writes.ts';
import { freeEmail } from '../user/user-writes.ts';
import type { StoredInvitation } from './find-invitation.ts';
import { InvitationItem } from './invitation.noun.ts';

/**
 * Closes an expired invitation, which releases its seat and address. Returns whether it did: one that is
 * accepted, revoked or resent at that moment is left as it is.
 */
export async function expireInvitation(
  ctx: Context,
  { invitationId, email }: Pick<StoredInvitation, 'invitationId' | 'email'>,
): Promise<boolean> {
  const { scope, now } = ctx;
  const expired = change(
    ctx,
    InvitationItem,
    { invitationId },
    {
      action: 'invitation.expired',
      set: { status: 'expired' },
      where: ({ status, validUntil }, { eq, lte }) =>
        `${eq(status, 'pending')} AND ${lte(validUntil, now.toISOString())}`,
    },
  );
  const freed = [freeEmail(scope, email, invitationId), changeCounts(scope, { pendingInvitations: -1 })];
  try {
    await transact(scope, [expired, ...freed]);
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === 'conflict') return false;
    throw error;
  }
}
