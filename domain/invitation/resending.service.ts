import type { Actor } from '../actor.ts';
import { AppError } from '../errors.ts';
import { countWithinPlanWrite, refuseFull } from '../organization/counters.service.ts';
import type { OrganizationCounts } from '../organization/organization.schema.ts';
import type { Organization } from '../organization/profile.schema.ts';
import type { Plan } from '../subscription/subscription.schema.ts';
import { updated } from '../table/change-stamp.ts';
import { entityOf } from '../table/entity.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { transact, update } from '../table/write.ts';
import { claimEmailWrite, emailTaken, holderOfEmail } from '../user/admission.service.ts';
import { InvitationItem } from './invitation.noun.ts';
import type { Invitation } from './invitation.schema.ts';
import { type Delivery, type InvitationSender, withdrawNow } from './invitation-sender.ts';
import { refuseAddress } from './inviting.service.ts';
import { deadline, lifetimeOf, type StoredInvitation, showInvitation } from './stored-invitation.ts';

interface Resending {
  readonly stored: StoredInvitation;
  readonly organization: Pick<Organization, 'allowedDomains' | 'subscription'>;
  readonly counts: OrganizationCounts;
}

/**
 * Sends an open or expired invitation, as it was read, again, with a new deadline; the earlier link stops
 * working. One that has lost its seat and its address by expiring takes them anew. The letter goes first, and
 * one transaction says what became of it: that there is a seat, and nobody else has the address, is seen
 * before. It is the actor's from now on: they answer for it when it is accepted. Throws `conflict`,
 * `validation_failed` for an address that the organization doesn't take any more, and for an expired one what
 * `invite` throws.
 * @param counts the organization's, read with the invitation
 */
export async function resend(
  scope: OrganizationScope,
  actor: Actor,
  { stored, organization, counts }: Resending,
  sender: InvitationSender,
  now: Date,
): Promise<Invitation> {
  const { organizationId } = scope;
  const { invitationId, email, providerId, status } = stored;
  if (status !== 'pending' && status !== 'expired')
    throw new AppError('conflict', `This invitation was ${status}; it can't be sent again.`);
  refuseAddress(email, organization.allowedDomains);
  const { plan } = organization.subscription;
  const regained = status === 'expired' ? regainWrites(scope, stored, plan) : [];
  if (status === 'expired') {
    refuseFull(counts, plan);
    if ((await holderOfEmail(scope, email)) !== undefined) throw emailTaken('email');
  }
  const expiresInDays = lifetimeOf(stored);
  const delivery = await sender.send({ organizationId, invitationId, email, expiresInDays });
  const { next, write } = renewal(scope, actor, stored, delivery, now);
  try {
    await transact(scope, [write, ...regained]);
  } catch (error) {
    // Refused: somebody accepted it, took it back, sent it too, or took the seat or the address at this
    // moment, so this letter is no good. An answer that got lost refuses nothing: the table may name this
    // letter by now.
    if (error instanceof AppError && delivery.delivery === 'sent')
      await withdrawNow(sender, delivery.providerId);
    throw error;
  }
  if (providerId !== undefined) await withdrawNow(sender, providerId);
  return showInvitation(next, now);
}

/** The writes by which an expired invitation takes a seat and its address again. */
const regainWrites = (scope: OrganizationScope, { email, invitationId }: StoredInvitation, plan: Plan) => [
  claimEmailWrite(scope, email, invitationId, 'email'),
  countWithinPlanWrite(scope, { pendingInvitations: 1 }, { of: 'seats', plan }),
];

/**
 * The write that opens an invitation anew, as long as it is as it was read, and the invitation as that leaves
 * it.
 */
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
    invitedBy: actor.by,
    inviterRole: actor.role,
    validUntil: deadline(lifetimeOf(stored), now),
    ...updated(actor, action, now),
  };
  const { organizationId } = scope;
  const { invitationId } = stored;
  const unsaid = (['providerId', 'deliveryProblem'] as const).filter((attribute) => !(attribute in delivery));
  const patch = entityOf(InvitationItem)
    .patch({ organizationId, invitationId })
    .set(renewed)
    .remove(unsaid)
    .add({ revision: 1 })
    .where(({ revision }, { eq }) => eq(revision, stored.revision));
  return { next: { ...stored, ...renewed, revision: stored.revision + 1 }, write: update(scope, patch) };
}
