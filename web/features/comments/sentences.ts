import { type SentencesByLanguage, sentence } from '../../text/sentence.ts';

export const sentences: SentencesByLanguage = {
  en: {
    actions: {
      'comment.created': ({ who, now }) => sentence`${who} commented on ${now('kpiId')}`,
      'comment.updated': ({ who }) => sentence`${who} edited a comment`,
      'comment.deleted': ({ who, was }) => sentence`${who} deleted a comment on ${was('kpiId')}`,
      'comment.expired': () => sentence`A comment was deleted along with its KPI`,
    },
    fields: { text: 'the text' },
  },
  de: {
    actions: {
      'comment.created': ({ who, now }) => sentence`${who} hat ${now('kpiId')} kommentiert`,
      'comment.updated': ({ who }) => sentence`${who} hat einen Kommentar bearbeitet`,
      'comment.deleted': ({ who, was }) => sentence`${who} hat einen Kommentar zu ${was('kpiId')} gelöscht`,
      'comment.expired': () => sentence`Ein Kommentar wurde mit seinem KPI gelöscht`,
    },
    fields: { text: 'den Text' },
  },
};
