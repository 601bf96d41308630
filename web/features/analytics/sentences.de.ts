import { type Sentences, sentence } from '../../text/sentence.ts';

export const sentences: Sentences = {
  actions: { 'usage-run.requested': ({ who }) => sentence`${who} hat einen Nutzungsjob gestartet` },
};
