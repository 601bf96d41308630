import { type Sentences, sentence } from '../../text/sentence.ts';

export const sentences: Sentences = {
  actions: {
    'person-export.requested': ({ who, now }) =>
      sentence`${who} requested an export of the data of ${now('userId')}`,
    'person-export.completed': ({ now }) =>
      sentence`The export of the data of ${now('userId')} was completed`,
  },
};
