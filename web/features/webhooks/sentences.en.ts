import { type Sentences, sentence } from '../../text/sentence.ts';

export const sentences: Sentences = {
  actions: {
    'webhook.created': ({ who, it }) => sentence`${who} created the webhook ${it}`,
    'webhook.paused': ({ it }) => sentence`The webhook ${it} was paused because deliveries failed`,
    'webhook.secret-rotated': ({ who, it }) => sentence`${who} rotated the signing secret of ${it}`,
    'webhook.deleted': ({ who, it }) => sentence`${who} deleted the webhook ${it}`,
  },
  fields: { url: 'the address', region: 'the region', roleArn: 'the role', events: 'the event types' },
};
