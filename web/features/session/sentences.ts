import { type SentencesByLanguage, sentence } from '../../text/sentence.ts';

export const sentences: SentencesByLanguage = {
  en: {
    actions: { 'session.started': ({ who }) => sentence`${who} signed in` },
  },
  de: {
    actions: { 'session.started': ({ who }) => sentence`${who} hat sich angemeldet` },
  },
};
