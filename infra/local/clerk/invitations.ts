import { randomBytes } from 'node:crypto';
import { ClerkError, notFound, refusedParameter } from './http/clerk-error.ts';
import { mergeMetadata } from './people/merge-metadata.ts';
import { addUser, newEmail, updateUser, userWithEmail } from './people/people.ts';
import { splitName } from './people/user.ts';
import { newId } from './store/new-id.ts';
import type { Invitation, Metadata, State, User } from './store/state.ts';

const day = 24 * 60 * 60 * 1000;

export interface Letter {
  readonly email: string;
  readonly publicMetadata: Metadata;
  /** A URL, or a path of the product's own origin. */
  readonly redirectUrl: string;
  /** False: no mail, the caller passes the link on. */
  readonly notify: boolean;
  /** True: invites an address that has an account or an open invitation. */
  readonly ignoreExisting: boolean;
  readonly expiresInDays: number;
}

/** An invitation's status as Clerk names it; one that runs out becomes `expired`. */
export const statusOf = (invitation: Invitation, now: number): Invitation['status'] | 'expired' =>
  invitation.status === 'pending' && now >= invitation.expiresAt ? 'expired' : invitation.status;

/** Invites an address and, unless told not to, puts the mail into the outbox. */
export function invite(state: State, letter: Letter, now: number): Invitation {
  const email = letter.email.toLowerCase();
  if (!letter.ignoreExisting) refuseExisting(state, email, now);
  const invitation: Invitation = {
    id: newId('inv'),
    email,
    ticket: randomBytes(32).toString('base64url'),
    publicMetadata: letter.publicMetadata,
    redirectUrl: letter.redirectUrl,
    status: 'pending',
    createdAt: now,
    updatedAt: now,
    expiresAt: now + letter.expiresInDays * day,
  };
  state.invitations.push(invitation);
  if (letter.notify)
    state.mails.push({
      id: newId('ema'),
      to: email,
      subject: 'Your invitation to MTCMS',
      invitationId: invitation.id,
      sentAt: now,
    });
  return invitation;
}

function refuseExisting(state: State, email: string, now: number): void {
  if (userWithEmail(state, email) !== undefined)
    throw refusedParameter(
      'form_identifier_exists',
      'That email address is taken. Please try another.',
      'email_address',
    );
  if (state.invitations.some((other) => other.email === email && statusOf(other, now) === 'pending'))
    throw new ClerkError(400, 'duplicate_record', 'duplicate invitation', {
      longMessage: `There are already pending invitations for the following email addresses: ${email}`,
      meta: { email_addresses: [email] },
    });
}

/** Makes the link useless. @throws ClerkError unless the invitation is pending or has expired. */
export function revoke(state: State, id: string, now: number): Invitation {
  const invitation = state.invitations.find((candidate) => candidate.id === id);
  if (invitation === undefined) throw notFound(`No invitation was found with id ${id}.`);
  if (invitation.status !== 'pending')
    throw new ClerkError(400, `invitation_already_${invitation.status}`, `already ${invitation.status}`, {
      longMessage: `The invitation is already ${invitation.status}. Only pending invitations can be revoked.`,
    });
  return Object.assign(invitation, { status: 'revoked', updatedAt: now });
}

/**
 * Uses an invitation: makes its user with the invitation's metadata, or adds the metadata to the user who has the address.
 * Who opened the mail has shown that the address is theirs.
 */
export function accept(state: State, invitation: Invitation, name: string, now: number): User {
  const status = statusOf(invitation, now);
  if (status !== 'pending') throw new ClerkError(400, 'ticket_invalid', `The invitation is ${status}.`);
  const { email, publicMetadata } = invitation;
  const existing = userWithEmail(state, email);
  const user =
    existing === undefined
      ? addUser(state, { ...splitName(name), emails: [newEmail(email, true)], publicMetadata }, now)
      : updateUser(state, existing, joined(existing, invitation), now);
  Object.assign(invitation, { status: 'accepted', updatedAt: now });
  return user;
}

const joined = (user: User, { email, publicMetadata }: Invitation) => ({
  publicMetadata: mergeMetadata(user.publicMetadata, publicMetadata),
  emails: user.emails.map((entry) => (entry.address === email ? { ...entry, verified: true } : entry)),
});
