import { type Sentences, sentence } from '../../text/sentence.ts';

export const sentences: Sentences = {
  actions: {
    'data-export.requested': ({ who }) => sentence`${who} requested the data export`,
    'data-export.completed': () => 'The data export was completed',
    'data-export.failed': () => 'The data export failed',
    'data-export.downloaded': ({ who }) => sentence`${who} downloaded the data export`,
    'departure.started': ({ who, now }) =>
      sentence`${who} started offboarding ${now('name')}: “${now('reason')}”`,
    'departure.undone': ({ who, now }) => sentence`${who} undid the offboarding of ${now('name')}`,
    'departure.deletion-started': ({ who, now }) =>
      sentence`${who} started deleting all data of ${now('name')}`,
    'departure.completed': ({ now }) => sentence`All data of ${now('name')} was deleted`,
  },
};
