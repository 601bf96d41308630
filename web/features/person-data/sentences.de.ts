import { type Sentences, sentence } from '../../text/sentence.ts';

export const sentences: Sentences = {
  actions: {
    'person-export.requested': ({ who, now }) =>
      sentence`${who} hat einen Export der Daten von ${now('userId')} angefordert`,
    'person-export.completed': ({ now }) => sentence`Der Export der Daten von ${now('userId')} ist fertig`,
  },
};
