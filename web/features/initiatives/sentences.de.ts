import { type Sentences, sentence } from '../../text/sentence.ts';

export const sentences: Sentences = {
  actions: {
    'initiative.created': ({ who, it, now }) =>
      sentence`${who} hat die Maßnahme ${it} für ${now('kpiId')} erstellt`,
    'initiative.restored': ({ who, it }) => sentence`${who} hat die Maßnahme ${it} wiederhergestellt`,
    'initiative.deleted': ({ who, it }) => sentence`${who} hat die Maßnahme ${it} gelöscht`,
    'initiative.expired': ({ it }) => sentence`Die Maßnahme ${it} wurde mit ihrem KPI gelöscht`,
  },
  fields: {
    title: 'den Titel',
    ownerId: 'die verantwortliche Person',
    dueDate: 'die Fälligkeit',
    notes: 'die Notizen',
  },
};
