import { type Sentences, sentence } from '../../text/sentence.ts';

export const sentences: Sentences = {
  actions: {
    'comment.created': ({ who, now }) => sentence`${who} hat ${now('kpiId')} kommentiert`,
    'comment.updated': ({ who }) => sentence`${who} hat einen Kommentar bearbeitet`,
    'comment.deleted': ({ who, was }) => sentence`${who} hat einen Kommentar zu ${was('kpiId')} gelöscht`,
    'comment.expired': () => sentence`Ein Kommentar wurde mit seinem KPI gelöscht`,
  },
  fields: { text: 'den Text' },
};
