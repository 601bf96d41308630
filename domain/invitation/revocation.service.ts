import type { Actor } from '../actor.ts';
import { AppError, stale } from '../errors.ts';
import type { InvitationId } from '../ids.ts';
import { countWrite } from '../organization/counters.service.ts';
import { updated } from '../table/change-stamp.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { transact, update } from '../table/write.ts';
import { freeEmailWrite } from '../user/admission.service.ts';
import { InvitationEntity } from './invitation.entity.ts';
import { Invitation } from './invitation.schema.ts';
import { requireInvitation } from './invitation.service.ts';
import type { InvitationSender } from './invitation-sender.ts';

/**
 * Takes back an open or expired invitation; its seat and its address are free again. What the table says holds, so a
 * provider that can't be reached now doesn't keep the link alive. Throws `not_found`, `conflict` and `stale`.
 */
export async function revoke(
  scope: OrganizationScope,
  actor: Actor,
  { invitationId, revision }: { invitationId: InvitationId; revision: number },
  sender: InvitationSender,
  now: Date,
): Promise<Invitation> {
  const invitation = await requireInvitation(scope, invitationId, now);
  if (invitation.status === 'accepted' || invitation.status === 'revoked')
    throw new AppError('conflict', `This invitation was ${invitation.status} already.`);
  if (invitation.revision !== revision) throw stale();
  const revoked = InvitationEntity.patch({ organizationId: scope.organizationId, invitationId })
    .set({ status: 'revoked', ...updated(actor, 'invitation.revoked', now) })
    .add({ revision: 1 })
    .where((item, { eq }) => `${eq(item.revision, revision)} AND ${eq(item.status, 'pending')}`);
  await transact(scope, [
    update(scope, revoked, stale),
    freeEmailWrite(scope, invitation.email, invitationId),
    countWrite(scope, { pendingInvitations: -1 }),
  ]);
  if (invitation.providerId !== undefined)
    await sender.withdraw(invitation.providerId).catch((error: unknown) => {
      if (!(error instanceof AppError)) throw error;
    });
  return Invitation.parse(await requireInvitation(scope, invitationId, now));
}
