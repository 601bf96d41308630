import {
  acts,
  dueItem,
  fixed,
  item,
  noun,
  number,
  optional,
  text,
  timeToLive,
  value,
} from '../table/item.ts';
import type { Attempt, WebhookId, WebhookKind } from './webhook.schema.ts';

/** A target of an organization's messages. */
export const WebhookItem = item({
  name: 'webhook',
  // Its secret doesn't go along, and without it nothing can be sent.
  exported: 'never',
  key: ['{organizationId}#outgoing-webhook', '{webhookId}'],
  shown: {
    webhookId: text<WebhookId>(),
    name: text(),
    /** Of a bucket: `s3://name/prefix`. */
    url: text(),
    /** For a bucket: its location, and the role to assume. */
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
      'never: creation': ['webhook.created'],
      'never: kind': ['webhook.updated', 'webhook.paused', 'webhook.secret-rotated', 'webhook.deleted'],
    }),
  },
});

/** A secret that messages are signed by. */
export interface SigningSecret {
  readonly secret: string;
  /** Until when it stays valid beside a newer one (ISO 8601 UTC). */
  readonly until?: string | undefined;
}

/** The secrets of a webhook, newest first, in an item that neither the audit log nor any response shows. */
export const WebhookSecretItem = item({
  name: 'webhookSecret',
  exported: 'never',
  key: ['{organizationId}#webhook-secret', '{webhookId}'],
  attributes: { webhookId: text<WebhookId>(), secrets: value<readonly SigningSecret[]>() },
});

/** A message to retry. */
export interface Waiting {
  /** Its position in the audit log. */
  readonly place: number;
  /** When, ISO 8601 UTC. */
  readonly at: string;
  readonly tries: number;
}

/** A webhook's position in its organization's audit log. Only the holder of the lease sends. */
export const WebhookStateItem = item({
  name: 'webhookState',
  exported: 'never',
  key: ['{organizationId}#webhook-state', '{webhookId}'],
  attributes: {
    webhookId: text<WebhookId>(),
    /** The position in the audit log from which nothing was read yet. */
    next: number(),
    waiting: value<readonly Waiting[]>(),
    holder: text(),
    /** Milliseconds since 1970. */
    leaseUntil: number(),
    lastDeliveredAt: optional(text()),
    lastFailedAt: optional(text()),
    /** The role of a bucket that was found to require the external ID; another one is checked again. */
    checkedRole: optional(text()),
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
    expiresAt: timeToLive(),
  },
});

/** Organizations with something to send, and when: the sender's work list. */
export const WebhookDueItem = item(dueItem('webhookDue', 'webhook-due'));

export const webhookNoun = noun({
  name: 'webhook',
  subjects: ['Webhook'],
  items: [WebhookItem, WebhookSecretItem, WebhookStateItem, WebhookDeliveryItem, WebhookDueItem],
});
