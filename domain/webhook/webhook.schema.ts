import * as z from 'zod/mini';
import { refusals } from '../errors.ts';
import { orElse } from '../field-errors.ts';
import { OrganizationId, prefixedUlid } from '../ids.ts';
import { page, pageQuery } from '../page.schema.ts';
import { changesSomething } from '../rule.schema.ts';
import { line } from '../text.schema.ts';
import { timestamp } from '../time.schema.ts';
import { UpdatedBy } from '../updated-by.schema.ts';

/** `hook_` + ULID. */
export const WebhookId = prefixedUlid('hook', 'a webhook', 'WebhookId');
export type WebhookId = z.infer<typeof WebhookId>;

/**
 * What is sent: `events` say that something happened, each by itself; `audit` is the whole audit log, entry
 * by entry in its order, with the leaf of its tree.
 */
export const WebhookKind = z.enum(['events', 'audit']);
export type WebhookKind = z.infer<typeof WebhookKind>;

/** `paused` by an admin, or because the target failed for a day (`failing`) or says that it is gone (410). */
const WebhookStatus = z.enum(['active', 'paused']);
const PauseReason = z.enum(['failing', 'gone']);

/** Where an organization's changes are sent. */
export const Webhook = z.object({
  id: WebhookId,
  organizationId: OrganizationId,
  name: z.string(),
  url: z.string(),
  kind: WebhookKind,
  /** Event types: an action (`kpi.updated`), all of a noun (`kpi.*`) or all (`*`). */
  events: z.array(z.string()),
  status: WebhookStatus,
  pausedBecause: z.optional(PauseReason),
  /** How many deliveries wait to be tried again. */
  waiting: z.int(),
  lastDeliveredAt: z.optional(timestamp),
  lastFailedAt: z.optional(timestamp),
  createdBy: z.string(),
  revision: z.int(),
  createdAt: timestamp,
  updatedAt: timestamp,
  updatedBy: z.optional(UpdatedBy),
});
export type Webhook = z.infer<typeof Webhook>;

export const WebhookList = z.object({ items: z.array(Webhook) });

const name = line(80);
const url = z.string().check(z.maxLength(500), z.regex(/^https?:\/\/[^\s]+$/, orElse('not_an_address')));
const eventType = z
  .string()
  .check(z.maxLength(80), z.regex(/^(?:\*|[a-z][a-z-]*\.(?:\*|[a-z][a-z-]*))$/, orElse('not_an_event_type')));
const events = z.array(eventType).check(z.minLength(1), z.maxLength(50));

export const NewWebhook = z.strictObject({
  name,
  url,
  kind: z._default(WebhookKind, 'events'),
  /** Without meaning for `audit`, which is always whole. */
  events: z._default(events, ['*']),
  /** Where an audit log begins: with what comes from now on, or with its first entry that is kept. */
  from: z._default(z.enum(['now', 'start']), 'now'),
});
export type NewWebhook = z.infer<typeof NewWebhook>;

export const WebhookChange = z
  .strictObject({
    name: z.optional(name),
    url: z.optional(url),
    events: z.optional(events),
    status: z.optional(WebhookStatus),
  })
  .check(changesSomething);
export type WebhookChange = z.infer<typeof WebhookChange>;

/** A webhook with its new signing secret, which is shown this once. */
export const CreatedWebhook = z.extend(Webhook, { secret: z.optional(z.string()) });
export type CreatedWebhook = z.infer<typeof CreatedWebhook>;

/** What became of one attempt: the status answered, or why there was none. */
export const Attempt = z.object({
  at: timestamp,
  status: z.optional(z.int()),
  problem: z.optional(z.enum(['timeout', 'refused-address', 'unreachable'])),
  milliseconds: z.int(),
});
export type Attempt = z.infer<typeof Attempt>;

/** One message, and what became of it. Kept for 30 days. */
export const WebhookDelivery = z.object({
  /** Its place in the audit log, twelve digits. */
  id: z.string(),
  messageId: z.string(),
  type: z.string(),
  /** When it happened. */
  timestamp: z.string(),
  resource: z.optional(z.string()),
  status: z.enum(['delivered', 'retrying', 'failed']),
  attempts: z.array(Attempt),
});
export type WebhookDelivery = z.infer<typeof WebhookDelivery>;

/** The place of an entry in its log, as a path names it. */
export const DeliveryId = z.string().check(z.regex(/^\d{12}$/, orElse('not_a_delivery_id')));

export const DeliveryQuery = pageQuery;
export const DeliveryPage = page(WebhookDelivery);

/** How many webhooks an organization has at most. */
export const mostWebhooks = 5;

export const webhookRefusals = refusals({
  webhook_not_found: ['not_found', 'Webhook not found.'],
  delivery_not_found: ['not_found', 'Delivery not found. Deliveries are kept for 30 days.'],
  too_many_webhooks: ['conflict', 'An organization can have {most} webhooks. Delete one you don’t need.'],
  target_not_https: ['validation_failed', 'Use an address that begins with https://.', 'url'],
  target_with_password: ['validation_failed', 'Use an address without user name and password.', 'url'],
  target_not_public: [
    'validation_failed',
    'Use an address on the public internet. Private and local addresses aren’t called.',
    'url',
  ],
  event_type_unknown: ['validation_failed', '{type} isn’t an event type.', 'events'],
});
