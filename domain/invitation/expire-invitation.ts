import type { Context } from '../context.ts';
import { AppError } from '../errors.ts';
import { changeCounts } from '../organization/counts.ts';
import { transact } from '../table/transaction.ts';
import { change } from '../table/writes.ts';
import { freeEmail } from '../user/user-writes.ts';
import type { StoredInvitation } from './find-invitation.ts';
import { InvitationItem } from './invitation.noun.ts';

/**
 * Closes an invitation that has expired, which frees its seat and its address. Returns whether it did: an
 * invitation that is accepted, revoked or sent again at that moment stays as it is.
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
