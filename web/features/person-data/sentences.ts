import { type SentencesByLanguage, sentence } from '../../text/sentence.ts';

export const sentences: SentencesByLanguage = {
  en: {
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
  },
  de: {
    actions: {
      'person-export.requested': ({ who, now }) =>
        sentence`${who} hat einen Export der Daten von ${now('userId')} angefordert`,
      'person-export.deleted': () => 'Ein Export personenbezogener Daten wurde entfernt',
      'erasure.requested': ({ who }) => sentence`${who} hat die Löschung der Daten einer Person beantragt`,
      'erasure.approved': ({ who }) => sentence`${who} hat die Löschung der Daten einer Person freigegeben`,
      'erasure.withdrawn': ({ who }) =>
        sentence`${who} hat die Löschung der Daten einer Person zurückgezogen`,
      'erasure.completed': ({ now }) =>
        sentence`Die Daten einer Person wurden gelöscht. Sie heißt jetzt ${now('pseudonym')}`,
      'person-export.completed': ({ now }) => sentence`Der Export der Daten von ${now('userId')} ist fertig`,
    },
  },
};
