import { type SentencesByLanguage, sentence } from '../../text/sentence.ts';

export const sentences: SentencesByLanguage = {
  en: {
    actions: {
      'api-key.created': ({ who, it }) => sentence`${who} created the API key ${it}`,
      'api-key.used': ({ it }) => sentence`The API key ${it} was used for the first time in a while`,
      'api-key.revoked': ({ who, it }) => sentence`${who} revoked the API key ${it}`,
    },
    fields: {},
  },
  de: {
    actions: {
      'api-key.created': ({ who, it }) => sentence`${who} hat den API-Schlüssel ${it} erstellt`,
      'api-key.used': ({ it }) =>
        sentence`Der API-Schlüssel ${it} wurde zum ersten Mal seit Längerem verwendet`,
      'api-key.revoked': ({ who, it }) => sentence`${who} hat den API-Schlüssel ${it} widerrufen`,
    },
    fields: {},
  },
};
