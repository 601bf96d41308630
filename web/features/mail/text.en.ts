/** A user's email settings. */
export const texts = {
  title: 'Emails',
  kinds: { reminders: 'Reminders', digest: 'Weekly summary' },
  hints: {
    reminders: 'Once a day at most, and only when a check-in of yours is due.',
    digest: 'On Mondays, for team leads and admins: how their KPIs are doing.',
  },
  language: 'Language of emails',
  saved: 'Email settings saved',
  sending: {
    organization_off: 'Your organization hasn’t turned on emails. An admin can, in the settings.',
    unavailable: 'No emails are sent from this installation.',
  },
  stopped: {
    title: 'Emails are turned off for this address',
    because: {
      bounced: 'The last email couldn’t be delivered.',
      complained: 'The last email was reported as spam.',
    },
    since: 'Nothing has been sent since',
    forOwner: 'Once the address takes emails, turn them on again.',
    forAdmins: 'The person can turn them on again in their account.',
    resume: 'Turn on again',
  },
};

/** Audit log names of actions, attributes and values. */
export const trail = {
  actions: {
    'mail-settings.updated': 'Email settings changed',
    'mail-settings.unsubscribed': 'Unsubscribed by a link',
    'mail-settings.stopped': 'Emails to an address turned off',
    'mail-settings.deleted': 'Email settings deleted',
  },
  fields: { digest: 'Weekly summary', language: 'Language of emails', stoppedBecause: 'Turned off because' },
  values: {
    stoppedBecause: {
      bounced: 'an email couldn’t be delivered',
      complained: 'an email was reported as spam',
    },
    language: { en: 'English', de: 'German' },
  },
};
