import { type Sentence, type Sentences, sentence, type Told } from '../../text/sentence.ts';

/** What was requested, as part of a sentence. */
const asked = ({ stored, now }: Told) => {
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

const by =
  (verb: string): Sentence =>
  (told) =>
    sentence`${told.who} hat den Antrag ${verb}, ${asked(told)}`;

const saying =
  (verb: string): Sentence =>
  (told) =>
    sentence`${told.who} hat den Antrag ${verb}, ${asked(told)}: „${told.now('endReason')}“`;

export const sentences: Sentences = {
  actions: {
    'approval.requested': (told) =>
      sentence`${told.who} hat beantragt, ${asked(told)}: „${told.now('reason')}“`,
    'approval.approved': by('freigegeben'),
    'approval.refused': saying('abgelehnt'),
    'approval.withdrawn': saying('zurückgezogen'),
    'approval.voided': (told) => sentence`Der Antrag, ${asked(told)}, wurde ungültig`,
    'approval.expired': (told) => sentence`Der Antrag, ${asked(told)}, ist abgelaufen`,
    'approval.carried-out': by('ausgeführt'),
  },
};
