import { type SentencesByLanguage, sentence } from '../../text/sentence.ts';

export const sentences: SentencesByLanguage = {
  en: {
    actions: {
      'webhook.created': ({ who, it }) => sentence`${who} created the webhook ${it}`,
      'webhook.paused': ({ it }) => sentence`The webhook ${it} was paused because deliveries failed`,
      'webhook.secret-rotated': ({ who, it }) => sentence`${who} rotated the signing secret of ${it}`,
      'webhook.deleted': ({ who, it }) => sentence`${who} deleted the webhook ${it}`,
    },
    fields: { url: 'the address', region: 'the region', roleArn: 'the role', events: 'the event types' },
  },
  de: {
    actions: {
      'webhook.created': ({ who, it }) => sentence`${who} hat den Webhook ${it} erstellt`,
      'webhook.paused': ({ it }) =>
        sentence`Der Webhook ${it} wurde pausiert, weil Zustellungen fehlgeschlagen sind`,
      'webhook.secret-rotated': ({ who, it }) => sentence`${who} hat das Signing-Secret von ${it} rotiert`,
      'webhook.deleted': ({ who, it }) => sentence`${who} hat den Webhook ${it} gelöscht`,
    },
    fields: { url: 'die Adresse', region: 'die Region', roleArn: 'die Rolle', events: 'die Ereignistypen' },
  },
};
