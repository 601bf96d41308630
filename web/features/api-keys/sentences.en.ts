import { type Sentences, sentence } from '../../text/sentence.ts';

export const sentences: Sentences = {
  actions: {
    'api-key.created': ({ who, it }) => sentence`${who} created the API key ${it}`,
    'api-key.used': ({ it }) => sentence`The API key ${it} was used for the first time in a while`,
    'api-key.revoked': ({ who, it }) => sentence`${who} revoked the API key ${it}`,
  },
  fields: {},
};
