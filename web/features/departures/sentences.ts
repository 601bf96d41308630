import { type SentencesByLanguage, sentence } from '../../text/sentence.ts';

export const sentences: SentencesByLanguage = {
  en: {
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
  },
  de: {
    actions: {
      'data-export.requested': ({ who }) => sentence`${who} hat den Datenexport angefordert`,
      'data-export.completed': () => 'Der Datenexport ist fertig',
      'data-export.failed': () => 'Der Datenexport ist fehlgeschlagen',
      'data-export.downloaded': ({ who }) => sentence`${who} hat den Datenexport heruntergeladen`,
      'departure.started': ({ who, now }) =>
        sentence`${who} hat das Offboarding von ${now('name')} gestartet: „${now('reason')}“`,
      'departure.undone': ({ who, now }) =>
        sentence`${who} hat das Offboarding von ${now('name')} rückgängig gemacht`,
      'departure.deletion-started': ({ who, now }) =>
        sentence`${who} hat begonnen, alle Daten von ${now('name')} zu löschen`,
      'departure.completed': ({ now }) => sentence`Alle Daten von ${now('name')} wurden gelöscht`,
    },
  },
};
