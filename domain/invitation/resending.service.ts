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
import type { Delivery, InvitationSender } from './invitation-sender.ts';
import {
  deadline,
  lifetimeOf,
  requireStored,
  type StoredInvitation,
  showInvitation,
} from './stored-invitation.ts';

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
  if (stored.status === 'pending') return await sendOpen(scope, actor, stored, sender, now);
  if (stored.status === 'expired') return await reopen(scope, actor, { stored, plan }, sender, now);
  throw new AppError('conflict', `This invitation was ${stored.status}; it can't be sent again.`);
}

/** An open invitation has its seat: the letter goes first, and one write says what became of it. */
async function sendOpen(
  scope: OrganizationScope,
  actor: Actor,
  stored: StoredInvitation,
  sender: InvitationSender,
  now: Date,
): Promise<Invitation> {
  const { organizationId } = scope;
  const { invitationId, email, providerId } = stored;
  if (providerId !== undefined) await sender.withdraw(providerId);
  const expiresInDays = lifetimeOf(stored);
  const delivery = await sender.send({ organizationId, invitationId, email, expiresInDays });
  const { next, write } = renewal(scope, actor, stored, delivery, now);
  try {
    await transact(scope, [write]);
  } catch (error) {
    // Somebody accepted it, took it back or sent it too, at this moment: of two letters one is good.
    if (delivery.delivery === 'sent') await sender.withdraw(delivery.providerId);
    throw error;
  }
  return showInvitation(next, now);
}

/** A letter is sent only once there is a seat for who gets it, and nobody else has the address. */
async function reopen(
  scope: OrganizationScope,
  actor: Actor,
  { stored, plan }: { readonly stored: StoredInvitation; readonly plan: Plan },
  sender: InvitationSender,
  now: Date,
): Promise<Invitation> {
  const { email, invitationId, providerId } = stored;
  await refuseTaken(scope, sender, email, 'email');
  if (providerId !== undefined) await sender.withdraw(providerId);
  const { next, write } = renewal(scope, actor, stored, { delivery: 'queued' }, now);
  await transact(scope, [
    write,
    claimEmailWrite(scope, email, invitationId, 'email'),
    countWithinPlanWrite(scope, { pendingInvitations: 1 }, { of: 'seats', plan }),
  ]);
  return await deliver(scope, actor, next, sender, now);
}

/** The write that opens an invitation anew, as long as it is as it was read, and the invitation as that leaves it. */
function renewal(
  scope: OrganizationScope,
  actor: Actor,
  { providerId: _, deliveryProblem: __, ...stored }: StoredInvitation,
  delivery: Delivery,
  now: Date,
) {
  const action = delivery.delivery === 'failed' ? 'invitation.delivery-failed' : 'invitation.renewed';
  const renewed = {
    status: 'pending' as const,
    ...delivery,
    validUntil: deadline(lifetimeOf(stored), now),
    ...updated(actor, action, now),
  };
  const { organizationId } = scope;
  const { invitationId } = stored;
  const unsaid = (['providerId', 'deliveryProblem'] as const).filter((attribute) => !(attribute in delivery));
  const patch = InvitationEntity.patch({ organizationId, invitationId })
    .set(renewed)
    .remove(unsaid)
    .add({ revision: 1 })
    .where(({ revision }, { eq }) => eq(revision, stored.revision));
  return { next: { ...stored, ...renewed, revision: stored.revision + 1 }, write: update(scope, patch) };
}
