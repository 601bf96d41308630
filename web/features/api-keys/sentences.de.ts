import { type Sentences, sentence } from '../../text/sentence.ts';

export const sentences: Sentences = {
  actions: {
    'api-key.created': ({ who, it }) => sentence`${who} hat den API-Schlüssel ${it} erstellt`,
    'api-key.used': ({ it }) =>
      sentence`Der API-Schlüssel ${it} wurde zum ersten Mal seit Längerem verwendet`,
    'api-key.revoked': ({ who, it }) => sentence`${who} hat den API-Schlüssel ${it} widerrufen`,
  },
  fields: {},
};
