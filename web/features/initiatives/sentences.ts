import { type SentencesByLanguage, sentence } from '../../text/sentence.ts';

export const sentences: SentencesByLanguage = {
  en: {
    actions: {
      'initiative.created': ({ who, it, now }) =>
        sentence`${who} added the initiative ${it} to ${now('kpiId')}`,
      'initiative.restored': ({ who, it }) => sentence`${who} restored the initiative ${it}`,
      'initiative.deleted': ({ who, it }) => sentence`${who} deleted the initiative ${it}`,
      'initiative.expired': ({ it }) => sentence`The initiative ${it} was deleted along with its KPI`,
    },
    fields: { title: 'the title', ownerId: 'the owner', dueDate: 'the due date', notes: 'the notes' },
  },
  de: {
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
  },
};
