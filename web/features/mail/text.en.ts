/** A user's email settings. */
export const texts = {
  title: 'Emails',
  kinds: { reminders: 'Reminders', digest: 'Weekly summary', webhooks: 'Paused webhooks' },
  hints: {
    reminders: 'At most once a day, and only when one of your check-ins is due.',
    digest: 'For team leads and admins on Mondays: how their KPIs are doing.',
    webhooks: 'For admins: when a webhook is paused because deliveries fail.',
  },
  language: 'Language of emails',
  saved: 'Email settings saved',
  sending: {
    organization_off:
      'Your organization hasn’t turned on reminders and summaries. An admin can, in the settings.',
    unavailable: 'Emails aren’t available here.',
  },
  stopped: {
    title: 'Emails are turned off for this address',
    because: {
      bounced: 'The last email couldn’t be delivered.',
      complained: 'The last email was reported as spam.',
    },
    since: 'Nothing has been sent since',
    forOwner: 'Once the address accepts emails again, turn them back on.',
    forAdmins: 'The person can turn them back on in their account.',
    resume: 'Turn back on',
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
  fields: {
    digest: 'Weekly summary',
    webhooks: 'Emails about paused webhooks',
    language: 'Language of emails',
    stoppedBecause: 'Turned off because',
  },
  values: {
    stoppedBecause: {
      bounced: 'an email couldn’t be delivered',
      complained: 'an email was reported as spam',
    },
    language: { en: 'English', de: 'German' },
  },
};
