import { type Sentence, type SentencesByLanguage, sentence, type Told } from '../../text/sentence.ts';

/** What was requested, as part of a sentence. */
const askedInEnglish = ({ stored, now }: Told) => {
  switch (stored('kind')) {
    case 'super-admin.create':
      return sentence`to make ${now('input.name')} (${now('input.email')}) a super admin`;
    case 'audit-feed.export':
      return 'to export all audit logs';
    case 'organization.remove-data':
      return 'to delete all data of an organization';
    default:
      return 'to extend support access';
  }
};

const byInEnglish =
  (verb: string): Sentence =>
  (told) =>
    sentence`${told.who} ${verb} the request ${askedInEnglish(told)}`;

const sayingInEnglish =
  (verb: string): Sentence =>
  (told) =>
    sentence`${told.who} ${verb} the request ${askedInEnglish(told)}: “${told.now('endReason')}”`;

/** What was requested, as part of a sentence. */
const askedInGerman = ({ stored, now }: Told) => {
  switch (stored('kind')) {
    case 'super-admin.create':
      return sentence`${now('input.name')} (${now('input.email')}) zum Super-Admin zu machen`;
    case 'audit-feed.export':
      return 'alle Audit-Logs zu exportieren';
    case 'organization.remove-data':
      return 'alle Daten einer Organisation zu löschen';
    default:
      return 'den Supportzugriff zu verlängern';
  }
};

const byInGerman =
  (verb: string): Sentence =>
  (told) =>
    sentence`${told.who} hat den Antrag ${verb}, ${askedInGerman(told)}`;

const sayingInGerman =
  (verb: string): Sentence =>
  (told) =>
    sentence`${told.who} hat den Antrag ${verb}, ${askedInGerman(told)}: „${told.now('endReason')}“`;

export const sentences: SentencesByLanguage = {
  en: {
    actions: {
      'approval.requested': (told) =>
        sentence`${told.who} asked ${askedInEnglish(told)}: “${told.now('reason')}”`,
      'approval.approved': byInEnglish('approved'),
      'approval.refused': sayingInEnglish('refused'),
      'approval.withdrawn': sayingInEnglish('withdrew'),
      'approval.voided': (told) => sentence`The request ${askedInEnglish(told)} became void`,
      'approval.expired': (told) => sentence`The request ${askedInEnglish(told)} expired`,
      'approval.carried-out': byInEnglish('carried out'),
    },
  },
  de: {
    actions: {
      'approval.requested': (told) =>
        sentence`${told.who} hat beantragt, ${askedInGerman(told)}: „${told.now('reason')}“`,
      'approval.approved': byInGerman('freigegeben'),
      'approval.refused': sayingInGerman('abgelehnt'),
      'approval.withdrawn': sayingInGerman('zurückgezogen'),
      'approval.voided': (told) => sentence`Der Antrag, ${askedInGerman(told)}, wurde ungültig`,
      'approval.expired': (told) => sentence`Der Antrag, ${askedInGerman(told)}, ist abgelaufen`,
      'approval.carried-out': byInGerman('ausgeführt'),
    },
  },
};
