import { type SentencesByLanguage, sentence } from '../../text/sentence.ts';

export const sentences: SentencesByLanguage = {
  en: {
    actions: { 'usage-run.requested': ({ who }) => sentence`${who} started a usage job` },
  },
  de: {
    actions: { 'usage-run.requested': ({ who }) => sentence`${who} hat einen Nutzungsjob gestartet` },
  },
};
