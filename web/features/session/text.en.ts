/** Sign-in, and why a signed-in user may see nothing yet. */
export const texts = {
  signIn: 'Sign in',
  signInText: 'Your organizations, people, KPIs and plans in one place',
  standIn: {
    loading: 'Loading people',
    silent: 'The sign-in service isn’t responding',
    silentText: 'Check that the product is running, then reload the page.',
    find: 'Search people',
    findPlaceholder: 'Name, role or organization',
    people: 'People',
    nobody: (words: string) => `No people match “${words}”.`,
  },
  account: {
    title: 'Account',
    text: 'Your emails, profile, password, two-factor authentication and sessions.',
    profile: 'Profile',
    name: 'Name',
    email: 'Email',
    profileNote: 'On your own machine, profiles are set up by the example data.',
    security: 'Security',
    password: 'Password',
    passwordNote: 'On your own machine, you sign in without a password.',
    twoFactor: 'Two-factor authentication',
    twoFactorNote: 'You aren’t asked for it on your own machine. Admins can see whether it’s on.',
    sessions: 'Sessions',
    thisDevice: 'This device',
    unknownDevice: 'Unknown device',
    device: (browser: string, system: string) => `${browser} on ${system}`,
    endSession: 'Sign out',
    endSessionOf: (device: string) => `Sign out ${device}`,
    ended: 'Session signed out',
    saved: (on: boolean) => `Two-factor authentication turned ${on ? 'on' : 'off'}`,
  },
  confirm: {
    title: 'Confirm that it’s you',
    text: 'This takes a fresh confirmation. On your own machine, a click stands for your password and second factor.',
    action: 'Confirm',
  },
  pending: {
    not_invited: {
      title: 'You don’t have an invitation yet',
      text: 'You’re signed in, but no organization has invited you. Ask an admin of your organization to invite the email address you signed in with.',
    },
    invitation_expired: {
      title: 'Your invitation has expired',
      text: 'Ask the person who invited you to resend it.',
    },
    invitation_revoked: {
      title: 'Your invitation was revoked',
      text: 'If you think this is a mistake, ask the person who invited you for a new invitation.',
    },
    invitation_used: {
      title: 'You’re no longer a member',
      text: 'Your membership in this organization has ended. Ask one of its admins to invite you again.',
    },
    invitation_for_another_address: {
      title: 'This invitation is for another email address',
      text: 'You’re signed in with a different email address than the one that was invited. Sign out, then accept the invitation with that email address.',
    },
    address_not_allowed: {
      title: 'This email address isn’t allowed',
      text: 'The organization only allows certain email domains. Ask one of its admins to invite your work email.',
    },
    inviter_not_allowed: {
      title: 'This invitation is no longer valid',
      text: 'The person who invited you can no longer invite people to the organization. Ask one of its admins to resend your invitation.',
    },
    member_elsewhere: {
      title: 'You already belong to another organization',
      text: 'An account can belong to one organization at a time. Try again in a minute to return to yours. To join this one, ask an admin of your current organization to remove you, or accept the invitation with another email address.',
    },
    deactivated: {
      title: 'Your account is deactivated',
      text: 'An admin of your organization deactivated your account. Your data is kept. Ask them to reactivate it.',
    },
  },
  closed: {
    organization_inactive: {
      title: 'Your organization is suspended',
      text: 'Members of your organization have no access right now. All data is kept. Ask your organization’s contact to get in touch with us.',
    },
    subscription_expired: {
      title: 'Your organization’s plan has ended',
      text: 'All data is kept, and you can continue as soon as the plan is renewed. Ask your organization’s contact to renew it.',
    },
  },
};

/** Audit log names of actions, attributes and values. */
export const trail = {
  actions: {
    'session.started': 'Signed in',
  },
};
