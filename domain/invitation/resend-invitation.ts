import type { Context } from '../context.ts';
import { AppError, collided } from '../errors.ts';
import { countWithinPlan, refuseFull } from '../organization/counts.ts';
import type { OrganizationCounts } from '../organization/organization.schema.ts';
import { transact } from '../table/transaction.ts';
import { change } from '../table/writes.ts';
import { claimEmail, emailTaken, ownerOfEmail } from '../user/user-writes.ts';
import { deadlineOf, type StoredInvitation, showInvitation } from './find-invitation.ts';
import { InvitationItem } from './invitation.noun.ts';
import { invitationRefusals } from './invitation.refusals.ts';
import type { Invitation } from './invitation.schema.ts';
import { type InvitingOrganization, refuseAddress } from './invite.ts';
import { type InvitationSender, sendLetter, withdrawLetter } from './send-invitation.ts';

interface Resending {
  readonly stored: StoredInvitation;
  readonly organization: InvitingOrganization;
  /** The organization's counts, read together with the invitation. */
  readonly counts: OrganizationCounts;
}

/**
 * Resends a pending or expired invitation with a new deadline; the previous link stops working. An expired
 * one takes its seat and address again. The email is sent first, after checking that seat and address are
 * free, and one transaction stores the outcome. The actor becomes the inviter, whose rights count on
 * acceptance. Throws `conflict`, `validation_failed` for an address that the organization no longer allows,
 * and for an expired one the same as `invite`.
 */
export async function resendInvitation(
  ctx: Context,
  { stored, organization, counts }: Resending,
  sender: InvitationSender,
): Promise<Invitation> {
  const { scope, actor, now } = ctx;
  const { invitationId, email, revision, status } = stored;
  if (status !== 'pending' && status !== 'expired')
    throw invitationRefusals.invitation_not_resendable({ status });
  refuseAddress(email, organization);
  const { plan } = organization.subscription;
  if (status === 'expired') {
    refuseFull(counts, plan);
    if ((await ownerOfEmail(scope, email)) !== undefined) throw emailTaken('email');
  }
  const regained = () => [
    claimEmail(scope, email, invitationId, 'email'),
    countWithinPlan(scope, { pendingInvitations: 1 }, { of: 'seats', plan }),
  ];
  const letter = await sendLetter(sender, stored);
  const action = letter.delivery === 'failed' ? 'invitation.delivery-failed' : 'invitation.renewed';
  const renewed = {
    status: 'pending',
    invitedBy: actor.by,
    inviterRole: actor.role,
    validUntil: deadlineOf(stored, now),
    ...letter,
  } as const;
  // The outcome of the previous email is void.
  const set = { providerId: null, deliveryProblem: null, ...renewed };
  try {
    await transact(scope, [
      change(ctx, InvitationItem, { invitationId }, { action, set, at: revision, refusal: collided }),
      ...(status === 'expired' ? regained() : []),
    ]);
  } catch (error) {
    // Refused: another request accepted, revoked or resent it, or took the seat or address, so this email
    // is void. A lost response isn't a refusal: the table may already contain this email.
    if (error instanceof AppError && letter.delivery === 'sent')
      await withdrawLetter(sender, letter.providerId);
    throw error;
  }
  const { providerId, deliveryProblem: _, ...kept } = stored;
  if (providerId !== undefined) await withdrawLetter(sender, providerId);
  return showInvitation({ ...kept, ...renewed, revision: revision + 1, updatedAt: now.toISOString() }, now);
}
