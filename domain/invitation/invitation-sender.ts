import { AppError } from '../errors.ts';
import type { InvitationId, OrganizationId } from '../ids.ts';

/** What the identity provider needs to invite somebody. */
interface InvitationLetter {
  readonly organizationId: OrganizationId;
  readonly invitationId: InvitationId;
  readonly email: string;
  readonly expiresInDays: number;
}

/**
 * What became of a letter: sent, refused for good, for itself (with why), or not taken now (the provider
 * can't be reached, has enough, or refuses all).
 */
export type Delivery =
  | { readonly delivery: 'sent'; readonly providerId: string }
  | { readonly delivery: 'failed'; readonly deliveryProblem: string }
  | { readonly delivery: 'queued' };

/** The identity provider, as far as invitations need it. */
export interface InvitationSender {
  send(letter: InvitationLetter): Promise<Delivery>;
  /** Makes an earlier letter's link unusable; an id the provider doesn't know is no error. */
  withdraw(providerId: string): Promise<void>;
}

/**
 * Withdraws a letter if the provider can be reached: what the table says of its invitation holds without
 * that.
 */
export async function withdrawNow(sender: InvitationSender, providerId: string): Promise<void> {
  await sender.withdraw(providerId).catch((error: unknown) => {
    if (!(error instanceof AppError)) throw error;
  });
}
