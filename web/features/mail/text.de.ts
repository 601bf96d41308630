import type * as english from './text.en.ts';

export const texts: typeof english.texts = {
  title: 'E-Mails',
  kinds: { reminders: 'Erinnerungen', digest: 'Wochenübersicht', webhooks: 'Angehaltene Webhooks' },
  hints: {
    reminders: 'Höchstens einmal am Tag und nur, wenn einer Ihrer Check-ins fällig ist.',
    digest: 'Montags, für Teamleitungen und Admins: wie ihre KPIs stehen.',
    webhooks: 'Für Admins: wenn ein Webhook angehalten wird, weil Zustellungen scheitern.',
  },
  language: 'Sprache der E-Mails',
  saved: 'E-Mail-Einstellungen gespeichert',
  sending: {
    organization_off:
      'Ihre Organisation hat Erinnerungen und Wochenübersichten nicht eingeschaltet. Ein Admin kann das in den Einstellungen tun.',
    unavailable: 'Diese Installation versendet keine E-Mails.',
  },
  stopped: {
    title: 'E-Mails an diese Adresse sind ausgeschaltet',
    because: {
      bounced: 'Die letzte E-Mail war nicht zustellbar.',
      complained: 'Die letzte E-Mail wurde als Spam gemeldet.',
    },
    since: 'Nichts versendet seit',
    forOwner: 'Sobald die Adresse E-Mails annimmt, schalten Sie sie wieder ein.',
    forAdmins: 'Die Person kann sie in ihrem Konto wieder einschalten.',
    resume: 'Wieder einschalten',
  },
};

export const trail: typeof english.trail = {
  actions: {
    'mail-settings.updated': 'E-Mail-Einstellungen geändert',
    'mail-settings.unsubscribed': 'Per Link abbestellt',
    'mail-settings.stopped': 'E-Mails an eine Adresse ausgeschaltet',
    'mail-settings.deleted': 'E-Mail-Einstellungen gelöscht',
  },
  fields: {
    digest: 'Wochenübersicht',
    webhooks: 'E-Mails über angehaltene Webhooks',
    language: 'Sprache der E-Mails',
    stoppedBecause: 'Ausgeschaltet, weil',
  },
  values: {
    stoppedBecause: {
      bounced: 'eine E-Mail nicht zustellbar war',
      complained: 'eine E-Mail als Spam gemeldet wurde',
    },
    language: { en: 'Englisch', de: 'Deutsch' },
  },
};
