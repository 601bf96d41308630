import { type Sentences, sentence } from '../../text/sentence.ts';

export const sentences: Sentences = {
  actions: {
    'person-export.requested': ({ who, now }) =>
      sentence`${who} requested an export of the data of ${now('userId')}`,
    'person-export.deleted': () => 'An export of personal data was removed',
    'erasure.requested': ({ who }) => sentence`${who} requested the erasure of a person’s data`,
    'erasure.approved': ({ who }) => sentence`${who} approved the erasure of a person’s data`,
    'erasure.withdrawn': ({ who }) => sentence`${who} withdrew the erasure of a person’s data`,
    'erasure.completed': ({ now }) => sentence`A person’s data was erased. They’re now ${now('pseudonym')}`,
    'person-export.completed': ({ now }) =>
      sentence`The export of the data of ${now('userId')} was completed`,
  },
};
