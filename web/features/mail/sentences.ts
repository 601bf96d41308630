import { type SentencesByLanguage, sentence } from '../../text/sentence.ts';

export const sentences: SentencesByLanguage = {
  en: {
    actions: {
      'mail-settings.updated': ({ it }) => sentence`${it} changed their email settings`,
      'mail-settings.unsubscribed': ({ it }) => sentence`${it} unsubscribed by a link in an email`,
      'mail-settings.stopped': ({ it }) =>
        sentence`Emails to ${it} were turned off: one bounced or was reported as spam`,
      'mail-settings.deleted': () => 'The email settings of a removed person were deleted',
    },
  },
  de: {
    actions: {
      'mail-settings.updated': ({ it }) => sentence`${it} hat die eigenen E-Mail-Einstellungen geändert`,
      'mail-settings.unsubscribed': ({ it }) => sentence`${it} hat E-Mails per Link abbestellt`,
      'mail-settings.stopped': ({ it }) =>
        sentence`E-Mails an ${it} wurden ausgeschaltet: Eine war nicht zustellbar oder wurde als Spam gemeldet`,
      'mail-settings.deleted': () => 'Die E-Mail-Einstellungen einer entfernten Person wurden gelöscht',
    },
  },
};
