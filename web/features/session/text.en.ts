/** Signing in, and why somebody who is signed in may see nothing yet. */
export const texts = {
  signIn: 'Sign in',
  signInText: 'Organizations, their people, plans and usage in one place.',
  standIn: {
    loading: 'Loading the people',
    silent: 'The sign-in service doesn’t answer',
    silentText: 'Is the product still running? Reload the page when it is.',
    find: 'Find somebody',
    findPlaceholder: 'Name, role or organization',
    people: 'People',
    nobody: (words: string) => `Nobody matches “${words}”.`,
  },
  pending: {
    not_invited: {
      title: 'You have no invitation yet',
      text: 'You are signed in, but no organization has invited this account. Ask an admin of your organization to invite the address you signed in with.',
    },
    invitation_expired: {
      title: 'Your invitation has expired',
      text: 'Ask the person who invited you to send it again.',
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
    address_not_allowed: {
      title: 'This address isn’t accepted',
      text: 'The organization now accepts only addresses of certain domains, and yours isn’t one of them. Ask an admin of the organization to invite your work address.',
    },
    inviter_not_allowed: {
      title: 'This invitation is no longer valid',
      text: 'The person who invited you can’t invite people to the organization anymore. Ask one of its admins to resend your invitation.',
    },
    member_elsewhere: {
      title: 'You already belong to another organization',
      text: 'An account belongs to one organization at a time. Try again in a minute to go back to yours. To join this one, first ask an admin of your organization to remove you, or accept the invitation with another email address.',
    },
    deactivated: {
      title: 'Your account is deactivated',
      text: 'An admin of your organization has deactivated your account; nothing of yours is lost. Ask them to reactivate it.',
    },
  },
  closed: {
    organization_inactive: {
      title: 'Your organization is suspended',
      text: 'Nobody in your organization can work here right now. All data is kept. Ask your organization’s contact person to get in touch with us.',
    },
    subscription_expired: {
      title: 'Your organization’s plan has ended',
      text: 'All data is kept. As soon as the plan is renewed, everything is as it was. Ask the contact person of your organization to renew it.',
    },
  },
};

/** What the audit trail calls actions, attributes and values. */
export const trail = {
  actions: {
    'session.started': 'Signed in',
  },
};
