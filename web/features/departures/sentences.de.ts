import { type Sentences, sentence } from '../../text/sentence.ts';

export const sentences: Sentences = {
  actions: {
    'data-export.requested': ({ who }) => sentence`${who} hat den Datenexport angefordert`,
    'data-export.completed': () => 'Der Datenexport ist fertig',
    'data-export.failed': () => 'Der Datenexport ist fehlgeschlagen',
    'data-export.downloaded': ({ who }) => sentence`${who} hat den Datenexport heruntergeladen`,
    'departure.started': ({ who, now }) =>
      sentence`${who} hat den Austritt von ${now('name')} begonnen: „${now('reason')}“`,
    'departure.undone': ({ who, now }) =>
      sentence`${who} hat den Austritt von ${now('name')} rückgängig gemacht`,
    'departure.deletion-started': ({ who, now }) =>
      sentence`${who} hat begonnen, alle Daten von ${now('name')} zu löschen`,
    'departure.completed': ({ now }) => sentence`Alle Daten von ${now('name')} wurden gelöscht`,
  },
};
