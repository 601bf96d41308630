import { type Sentences, sentence } from '../../text/sentence.ts';

export const sentences: Sentences = {
  actions: {
    'webhook.created': ({ who, it }) => sentence`${who} hat den Webhook ${it} erstellt`,
    'webhook.paused': ({ it }) =>
      sentence`Der Webhook ${it} wurde angehalten, weil die Zustellung scheiterte`,
    'webhook.secret-rotated': ({ who, it }) =>
      sentence`${who} hat das Signaturgeheimnis von ${it} gewechselt`,
    'webhook.deleted': ({ who, it }) => sentence`${who} hat den Webhook ${it} gelöscht`,
  },
  fields: { url: 'die Adresse', region: 'die Region', roleArn: 'die Rolle', events: 'die Ereignistypen' },
};
