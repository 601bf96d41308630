import type { Actor } from '../actor.ts';
import { AppError } from '../errors.ts';
import type { InvitationId } from '../ids.ts';
import { countWithinPlanWrite } from '../organization/counters.service.ts';
import type { Plan } from '../subscription/subscription.schema.ts';
import { updated } from '../table/change-stamp.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { transact, update } from '../table/write.ts';
import { claimEmailWrite } from '../user/admission.service.ts';
import { InvitationEntity } from './invitation.entity.ts';
import type { Invitation } from './invitation.schema.ts';
import { deliver, refuseTaken } from './invitation.service.ts';
import type { InvitationSender } from './invitation-sender.ts';
import { deadline, lifetimeOf, requireStored } from './stored-invitation.ts';

/**
 * Sends an open or expired invitation again, with a new deadline; the earlier link stops working. One that has lost its seat
 * and its address by expiring takes them anew. Throws `not_found`, `conflict`, and for the latter what `invite` throws.
 */
export async function resend(
  scope: OrganizationScope,
  actor: Actor,
  { invitationId, plan }: { readonly invitationId: InvitationId; readonly plan: Plan },
  sender: InvitationSender,
  now: Date,
): Promise<Invitation> {
  const stored = await requireStored(scope, invitationId);
  if (stored.status !== 'pending' && stored.status !== 'expired')
    throw new AppError('conflict', `This invitation was ${stored.status}; it can't be sent again.`);
  const reopened = stored.status === 'expired';
  if (reopened) await refuseTaken(scope, sender, stored.email, 'email');
  if (stored.providerId !== undefined) await sender.withdraw(stored.providerId);
  const renewal = {
    status: 'pending' as const,
    delivery: 'queued' as const,
    validUntil: deadline(lifetimeOf(stored), now),
    ...updated(actor, 'invitation.renewed', now),
  };
  const renewed = InvitationEntity.patch({ organizationId: scope.organizationId, invitationId })
    .set(renewal)
    .remove(['providerId', 'deliveryProblem'])
    .add({ revision: 1 })
    .where(({ revision }, { eq }) => eq(revision, stored.revision));
  const anew = [
    claimEmailWrite(scope, stored.email, invitationId, 'email'),
    countWithinPlanWrite(scope, { pendingInvitations: 1 }, { of: 'seats', plan }),
  ];
  await transact(scope, [update(scope, renewed), ...(reopened ? anew : [])]);
  const { providerId: _, deliveryProblem: __, ...rest } = stored;
  const open = { ...rest, ...renewal, revision: stored.revision + 1 };
  return await deliver(scope, actor, open, sender, now);
}
