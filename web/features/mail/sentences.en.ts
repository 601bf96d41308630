import { type Sentences, sentence } from '../../text/sentence.ts';

export const sentences: Sentences = {
  actions: {
    'mail-settings.updated': ({ it }) => sentence`${it} changed their email settings`,
    'mail-settings.unsubscribed': ({ it }) => sentence`${it} unsubscribed by a link in an email`,
    'mail-settings.stopped': ({ it }) =>
      sentence`Emails to ${it} were turned off: one bounced or was reported as spam`,
    'mail-settings.deleted': () => 'The email settings of a removed person were deleted',
  },
};
