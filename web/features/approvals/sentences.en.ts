import { type Sentence, type Sentences, sentence, type Told } from '../../text/sentence.ts';

/** What was requested, as part of a sentence. */
const asked = ({ stored, now }: Told) => {
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

const by =
  (verb: string): Sentence =>
  (told) =>
    sentence`${told.who} ${verb} the request ${asked(told)}`;

const saying =
  (verb: string): Sentence =>
  (told) =>
    sentence`${told.who} ${verb} the request ${asked(told)}: “${told.now('endReason')}”`;

export const sentences: Sentences = {
  actions: {
    'approval.requested': (told) => sentence`${told.who} asked ${asked(told)}: “${told.now('reason')}”`,
    'approval.approved': by('approved'),
    'approval.refused': saying('refused'),
    'approval.withdrawn': saying('withdrew'),
    'approval.voided': (told) => sentence`The request ${asked(told)} became void`,
    'approval.expired': (told) => sentence`The request ${asked(told)} expired`,
    'approval.carried-out': by('carried out'),
  },
};
