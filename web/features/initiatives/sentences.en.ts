import { type Sentences, sentence } from '../../text/sentence.ts';

export const sentences: Sentences = {
  actions: {
    'initiative.created': ({ who, it, now }) =>
      sentence`${who} added the initiative ${it} to ${now('kpiId')}`,
    'initiative.restored': ({ who, it }) => sentence`${who} restored the initiative ${it}`,
    'initiative.deleted': ({ who, it }) => sentence`${who} deleted the initiative ${it}`,
    'initiative.expired': ({ it }) => sentence`The initiative ${it} was deleted along with its KPI`,
  },
  fields: { title: 'the title', ownerId: 'the owner', dueDate: 'the due date', notes: 'the notes' },
};
