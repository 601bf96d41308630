import { type SentencesByLanguage, sentence } from '../../text/sentence.ts';

export const sentences: SentencesByLanguage = {
  en: {
    actions: {
      'organization.created': ({ who, it }) => sentence`${who} created the organization ${it}`,
      'organization.deactivated': ({ who, it, now, stored }) =>
        stored('inactiveReason') === undefined
          ? sentence`${who} suspended ${it}`
          : sentence`${who} suspended ${it}: “${now('inactiveReason')}”`,
      'organization.reactivated': ({ who, it }) => sentence`${who} reactivated ${it}`,
      'organization.frozen': ({ who, it }) => sentence`${who} froze ${it} for offboarding`,
      'organization.unfrozen': ({ who, it }) => sentence`${who} ended the freeze of ${it}`,
      'organization.imported': ({ it }) => sentence`The organization ${it} was imported`,
      'organization.import-undone': ({ it }) => sentence`The import of the organization ${it} was undone`,
    },
    fields: {
      contactPerson: 'the contact',
      'contactPerson.name': 'the contact’s name',
      'contactPerson.email': 'the contact’s email',
      phone: 'the contact’s phone number',
      plan: 'the plan',
      startDate: 'the plan’s start date',
      endDate: 'the plan’s end date',
      allowedDomains: 'the allowed email domains',
      reminders: 'the email reminders',
      externalId: 'the external ID',
      metadata: 'the metadata',
    },
  },
  de: {
    actions: {
      'organization.created': ({ who, it }) => sentence`${who} hat die Organisation ${it} erstellt`,
      'organization.deactivated': ({ who, it, now, stored }) =>
        stored('inactiveReason') === undefined
          ? sentence`${who} hat ${it} gesperrt`
          : sentence`${who} hat ${it} gesperrt: „${now('inactiveReason')}“`,
      'organization.reactivated': ({ who, it }) => sentence`${who} hat ${it} entsperrt`,
      'organization.frozen': ({ who, it }) => sentence`${who} hat ${it} für das Offboarding eingefroren`,
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
  },
};
