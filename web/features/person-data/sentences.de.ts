import { type Sentences, sentence } from '../../text/sentence.ts';

export const sentences: Sentences = {
  actions: {
    'person-export.requested': ({ who, now }) =>
      sentence`${who} hat einen Export der Daten von ${now('userId')} angefordert`,
    'person-export.deleted': () => 'Ein Export personenbezogener Daten wurde entfernt',
    'erasure.requested': ({ who }) => sentence`${who} hat die Löschung der Daten einer Person beantragt`,
    'erasure.approved': ({ who }) => sentence`${who} hat die Löschung der Daten einer Person freigegeben`,
    'erasure.withdrawn': ({ who }) => sentence`${who} hat die Löschung der Daten einer Person zurückgezogen`,
    'erasure.completed': ({ now }) =>
      sentence`Die Daten einer Person wurden gelöscht. Sie heißt jetzt ${now('pseudonym')}`,
    'person-export.completed': ({ now }) => sentence`Der Export der Daten von ${now('userId')} ist fertig`,
  },
};
