import type { Context } from '../context.ts';
import { AppError } from '../errors.ts';
import type { InvitationId, OrganizationId } from '../ids.ts';
import { write } from '../table/transaction.ts';
import { change } from '../table/writes.ts';
import { lifetimeOf, requireInvitation, type StoredInvitation, showInvitation } from './find-invitation.ts';
import { InvitationItem } from './invitation.noun.ts';
import type { Invitation } from './invitation.schema.ts';

/** What the identity provider needs for an invitation email. */
interface InvitationLetter {
  readonly organizationId: OrganizationId;
  readonly invitationId: InvitationId;
  readonly email: string;
  readonly expiresInDays: number;
}

/**
 * The outcome of an email: sent, refused for good with the reason, or not accepted now, because the
 * provider is unreachable, throttles or refuses everything.
 */
type Delivery =
  | { readonly delivery: 'sent'; readonly providerId: string }
  | { readonly delivery: 'failed'; readonly deliveryProblem: string }
  | { readonly delivery: 'queued' };

/** The identity provider's part in invitations. */
export interface InvitationSender {
  send(letter: InvitationLetter): Promise<Delivery>;
  /** Revokes an earlier email's link. An id unknown to the provider isn't an error. */
  withdraw(providerId: string): Promise<void>;
}

/** Passes an invitation's email to the provider. */
export const sendLetter = (sender: InvitationSender, invitation: StoredInvitation): Promise<Delivery> => {
  const { organizationId, invitationId, email } = invitation;
  return sender.send({ organizationId, invitationId, email, expiresInDays: lifetimeOf(invitation) });
};

/**
 * Revokes an email's link if the provider is reachable. The invitation's state in the table decides in any
 * case.
 */
export async function withdrawLetter(sender: InvitationSender, providerId: string): Promise<void> {
  await sender.withdraw(providerId).catch((error: unknown) => {
    if (!(error instanceof AppError)) throw error;
  });
}

/**
 * Sends a stored invitation and stores the provider's response. One that was revoked, accepted or sent by
 * another request meanwhile is left as it is, and the new email's link is revoked. Throws `not_found`.
 */
export async function sendInvitation(
  ctx: Context,
  invitation: StoredInvitation,
  sender: InvitationSender,
): Promise<Invitation> {
  const { scope, now } = ctx;
  const { invitationId, revision } = invitation;
  const outcome = await sendLetter(sender, invitation);
  if (outcome.delivery === 'queued') return showInvitation(invitation, now);
  const sent = change(
    ctx,
    InvitationItem,
    { invitationId },
    {
      action: outcome.delivery === 'sent' ? 'invitation.sent' : 'invitation.delivery-failed',
      set: outcome,
      where: ({ status }, { eq }) => eq(status, 'pending'),
      at: revision,
    },
  );
  if (await write(scope, sent)) {
    const next = { ...invitation, ...outcome, revision: revision + 1, updatedAt: now.toISOString() };
    return showInvitation(next, now);
  }
  if (outcome.delivery === 'sent') await withdrawLetter(sender, outcome.providerId);
  return showInvitation(await requireInvitation(scope, invitationId), now);
}
