import { type Sentences, sentence } from '../../text/sentence.ts';

export const sentences: Sentences = {
  actions: { 'session.started': ({ who }) => sentence`${who} hat sich angemeldet` },
};
