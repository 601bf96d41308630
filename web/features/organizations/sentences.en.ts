import { type Sentences, sentence } from '../../text/sentence.ts';

export const sentences: Sentences = {
  actions: {
    'organization.created': ({ who, it }) => sentence`${who} created the organization ${it}`,
    'organization.deactivated': ({ who, it, now, stored }) =>
      stored('inactiveReason') === undefined
        ? sentence`${who} suspended ${it}`
        : sentence`${who} suspended ${it}: “${now('inactiveReason')}”`,
    'organization.reactivated': ({ who, it }) => sentence`${who} reactivated ${it}`,
    'organization.frozen': ({ who, it }) => sentence`${who} froze ${it}, because it’s leaving`,
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
};
