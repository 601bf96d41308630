import { acts, fixed, item, noun, number, optional, text, value } from '../table/item.ts';
import type { Attempt, WebhookId, WebhookKind } from './webhook.schema.ts';

/** A target of an organization's messages. */
export const WebhookItem = item({
  name: 'webhook',
  // Its secret doesn't go along, and without it nothing can be sent.
  exported: 'never',
  key: ['{organizationId}#outgoing-webhook', '{webhookId}'],
  attributes: {
    webhookId: text<WebhookId>(),
    name: text(),
    /** Of a bucket: `s3://name/prefix`. */
    url: text(),
    /** Of a bucket: where it is, and the role that objects are put as. */
    region: optional(text()),
    roleArn: optional(text()),
    kind: fixed(text<WebhookKind>()),
    events: value<readonly string[]>(),
    status: text<'active' | 'paused'>(),
    pausedBecause: optional(text<'failing' | 'gone'>()),
    createdBy: text(),
  },
  trail: {
    ...acts({
      'webhook.created': 'never: creation',
      'webhook.updated': 'never: kind',
      'webhook.paused': 'never: kind',
      'webhook.secret-rotated': 'never: kind',
      'webhook.deleted': 'never: kind',
    }),
    shows: [
      'webhookId',
      'name',
      'url',
      'region',
      'roleArn',
      'kind',
      'events',
      'status',
      'pausedBecause',
      'createdBy',
    ],
  },
});

/** A secret that messages are signed by. */
export interface SigningSecret {
  readonly secret: string;
  /** Until when it is used beside a newer one (ISO 8601 UTC). */
  readonly until?: string | undefined;
}

/**
 * The secrets of a webhook, in an item that neither the trail nor any answer shows. The newest comes first.
 */
export const WebhookSecretItem = item({
  name: 'webhookSecret',
  exported: 'never',
  key: ['{organizationId}#webhook-secret', '{webhookId}'],
  attributes: { webhookId: text<WebhookId>(), secrets: value<readonly SigningSecret[]>() },
});

/** A message that is to be tried again. */
export interface Waiting {
  /** Its place in the trail. */
  readonly place: number;
  /** When, ISO 8601 UTC. */
  readonly at: string;
  readonly tries: number;
}

/** How far a webhook has come in its organization's trail. Whoever has the lease sends, and nobody else. */
export const WebhookStateItem = item({
  name: 'webhookState',
  exported: 'never',
  key: ['{organizationId}#webhook-state', '{webhookId}'],
  attributes: {
    webhookId: text<WebhookId>(),
    /** The place in the trail of what hasn't been looked at yet. */
    next: number(),
    waiting: value<readonly Waiting[]>(),
    holder: text(),
    /** Milliseconds since 1970. */
    leaseUntil: number(),
    lastDeliveredAt: optional(text()),
    lastFailedAt: optional(text()),
  },
});

/** One message and its attempts. */
export const WebhookDeliveryItem = item({
  name: 'webhookDelivery',
  exported: 'never',
  key: ['{organizationId}#webhook-delivery#{webhookId}', '{place}'],
  attributes: {
    webhookId: text<WebhookId>(),
    /** Twelve digits. */
    place: text(),
    type: text(),
    timestamp: text(),
    resource: optional(text()),
    status: text<'delivered' | 'retrying' | 'failed'>(),
    attempts: value<readonly Attempt[]>(),
    /** Time to live, seconds since the epoch. */
    expiresAt: number(),
  },
});

/** Organizations for which there is something to send, and when: the sender's own list. */
export const WebhookDueItem = item({
  name: 'webhookDue',
  exported: 'never',
  key: ['{organizationId}#webhook-due', '{dueOrganization}'],
  isPlatforms: true,
  attributes: { dueOrganization: text(), dueAt: text() },
});

export const webhookNoun = noun({
  name: 'webhook',
  subjects: ['Webhook'],
  items: [WebhookItem, WebhookSecretItem, WebhookStateItem, WebhookDeliveryItem, WebhookDueItem],
});
