import { type Sentences, sentence } from '../../text/sentence.ts';

export const sentences: Sentences = {
  actions: {
    'organization.created': ({ who, it }) => sentence`${who} hat die Organisation ${it} erstellt`,
    'organization.deactivated': ({ who, it, now, stored }) =>
      stored('inactiveReason') === undefined
        ? sentence`${who} hat ${it} gesperrt`
        : sentence`${who} hat ${it} gesperrt: „${now('inactiveReason')}“`,
    'organization.reactivated': ({ who, it }) => sentence`${who} hat ${it} entsperrt`,
    'organization.frozen': ({ who, it }) => sentence`${who} hat ${it} eingefroren, weil sie austritt`,
    'organization.unfrozen': ({ who, it }) => sentence`${who} hat das Einfrieren von ${it} beendet`,
    'organization.imported': ({ it }) => sentence`Die Organisation ${it} wurde importiert`,
    'organization.import-undone': ({ it }) =>
      sentence`Der Import der Organisation ${it} wurde rückgängig gemacht`,
  },
  fields: {
    contactPerson: 'die Kontaktperson',
    'contactPerson.name': 'den Namen der Kontaktperson',
    'contactPerson.email': 'die E-Mail-Adresse der Kontaktperson',
    phone: 'die Telefonnummer der Kontaktperson',
    plan: 'den Tarif',
    startDate: 'den Beginn des Tarifs',
    endDate: 'das Ende des Tarifs',
    allowedDomains: 'die erlaubten E-Mail-Domains',
    reminders: 'die E-Mail-Erinnerungen',
    externalId: 'die externe ID',
    metadata: 'die Metadaten',
  },
};
