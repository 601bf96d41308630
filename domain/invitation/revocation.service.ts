import type { Actor } from '../actor.ts';
import { AppError, stale } from '../errors.ts';
import { countWrite } from '../organization/counters.service.ts';
import { updated } from '../table/change-stamp.ts';
import { entityOf } from '../table/entity.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { transact, update } from '../table/write.ts';
import { freeEmailWrite } from '../user/admission.service.ts';
import { InvitationItem } from './invitation.noun.ts';
import type { Invitation } from './invitation.schema.ts';
import { type InvitationSender, withdrawNow } from './invitation-sender.ts';
import { type StoredInvitation, showInvitation } from './stored-invitation.ts';

/**
 * Takes back an open or expired invitation, as it was read; its seat and its address are free again. What the table says holds, so a
 * provider that can't be reached now doesn't keep the link alive. Throws `conflict` and `stale`.
 */
export async function revoke(
  scope: OrganizationScope,
  actor: Actor,
  { stored, revision }: { readonly stored: StoredInvitation; readonly revision: number },
  sender: InvitationSender,
  now: Date,
): Promise<Invitation> {
  const { invitationId, status, email, providerId } = stored;
  if (status === 'accepted' || status === 'revoked')
    throw new AppError('conflict', `This invitation was ${status} already.`);
  if (stored.revision !== revision) throw stale();
  const change = { status: 'revoked' as const, ...updated(actor, 'invitation.revoked', now) };
  const revoked = entityOf(InvitationItem)
    .patch({ organizationId: scope.organizationId, invitationId })
    .set(change)
    .add({ revision: 1 })
    .where((item, { eq }) => eq(item.revision, revision));
  const freed = [freeEmailWrite(scope, email, invitationId), countWrite(scope, { pendingInvitations: -1 })];
  await transact(scope, [update(scope, revoked, stale), ...(status === 'pending' ? freed : [])]);
  if (providerId !== undefined) await withdrawNow(sender, providerId);
  return showInvitation({ ...stored, ...change, revision: revision + 1 }, now);
}
