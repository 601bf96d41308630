import { type Sentences, sentence } from '../../text/sentence.ts';

export const sentences: Sentences = {
  actions: {
    'mail-settings.updated': ({ it }) => sentence`${it} hat die eigenen E-Mail-Einstellungen geändert`,
    'mail-settings.unsubscribed': ({ it }) => sentence`${it} hat E-Mails per Link abbestellt`,
    'mail-settings.stopped': ({ it }) =>
      sentence`E-Mails an ${it} wurden ausgeschaltet: Eine war nicht zustellbar oder wurde als Spam gemeldet`,
    'mail-settings.deleted': () => 'Die E-Mail-Einstellungen einer entfernten Person wurden gelöscht',
  },
};
