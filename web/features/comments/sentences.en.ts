import { type Sentences, sentence } from '../../text/sentence.ts';

export const sentences: Sentences = {
  actions: {
    'comment.created': ({ who, now }) => sentence`${who} commented on ${now('kpiId')}`,
    'comment.updated': ({ who }) => sentence`${who} edited a comment`,
    'comment.deleted': ({ who, was }) => sentence`${who} deleted a comment on ${was('kpiId')}`,
    'comment.expired': () => sentence`A comment was deleted along with its KPI`,
  },
  fields: { text: 'the text' },
};
