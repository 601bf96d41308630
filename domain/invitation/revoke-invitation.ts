import type { Context } from '../context.ts';
import { stale } from '../errors.ts';
import { changeCounts } from '../organization/counts.ts';
import { transact } from '../table/transaction.ts';
import { change } from '../table/writes.ts';
import { freeEmail } from '../user/user-writes.ts';
import { type StoredInvitation, showInvitation } from './find-invitation.ts';
import { InvitationItem } from './invitation.noun.ts';
import { invitationRefusals } from './invitation.refusals.ts';
import type { Invitation } from './invitation.schema.ts';
import { type InvitationSender, withdrawLetter } from './send-invitation.ts';

/**
 * Revokes a pending or expired invitation, which releases its seat and address. The table decides, so the
 * link is void even if the provider is unreachable. Throws `conflict` and `stale`.
 */
export async function revokeInvitation(
  ctx: Context,
  { stored, revision }: { readonly stored: StoredInvitation; readonly revision: number },
  sender: InvitationSender,
): Promise<Invitation> {
  const { scope, now } = ctx;
  const { invitationId, status, email, providerId } = stored;
  if (status === 'accepted' || status === 'revoked') throw invitationRefusals.invitation_closed({ status });
  if (stored.revision !== revision) throw stale();
  const set = { status: 'revoked' } as const;
  const freed = [freeEmail(scope, email, invitationId), changeCounts(scope, { pendingInvitations: -1 })];
  await transact(scope, [
    change(ctx, InvitationItem, { invitationId }, { action: 'invitation.revoked', set, at: revision }),
    ...(status === 'pending' ? freed : []),
  ]);
  if (providerId !== undefined) await withdrawLetter(sender, providerId);
  return showInvitation({ ...stored, ...set, revision: revision + 1, updatedAt: now.toISOString() }, now);
}
