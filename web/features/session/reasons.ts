import type { PendingReason } from '../../../domain/access/me.schema.ts';

interface Words {
  readonly title: string;
  readonly text: string;
}

/** Why somebody who is signed in belongs nowhere, and what they can do. */
export const pendingWords: Readonly<Record<PendingReason, Words>> = {
  not_invited: {
    title: 'You have no invitation yet',
    text: 'You are signed in, but no organization has invited this account. Ask an admin of your organization to invite the address you signed in with.',
  },
  invitation_expired: {
    title: 'Your invitation has expired',
    text: 'Invitations are good for 14 days. Ask the person who invited you to send it again.',
  },
  invitation_revoked: {
    title: 'Your invitation was taken back',
    text: 'Ask the person who invited you whether that was meant, and for a new one.',
  },
  invitation_used: {
    title: 'You are no longer a member',
    text: 'Your invitation has been used, and your membership has ended since. Ask an admin of the organization to invite you again.',
  },
  invitation_for_another_address: {
    title: 'This invitation is for another address',
    text: 'You signed in with another e-mail address than the one that was invited. Sign out, and accept the invitation with that address.',
  },
};

/** Why an organization is closed to its own people, by the API's error code. */
export const closedWords: Readonly<Record<string, Words>> = {
  organization_inactive: {
    title: 'Your organization is suspended',
    text: 'Nobody of your organization can work here at the moment; all data is kept. Ask the contact person of your organization, who has been told why.',
  },
  subscription_expired: {
    title: 'Your organization’s plan has ended',
    text: 'All data is kept. As soon as the plan is renewed, everything is as it was. Ask the contact person of your organization to renew it.',
  },
};
