import * as z from 'zod/mini';
import { refusals } from '../errors.ts';
import { orElse } from '../field-errors.ts';
import { OrganizationId, prefixedUlid } from '../ids.ts';
import { page, pageQuery } from '../page.schema.ts';
import { changesSomething, rule, type Statement } from '../rule.schema.ts';
import { line } from '../text.schema.ts';
import { timestamp } from '../time.schema.ts';
import { UpdatedBy } from '../updated-by.schema.ts';

/** `hook_` + ULID. */
export const WebhookId = prefixedUlid('hook', 'a webhook', 'WebhookId');
export type WebhookId = z.infer<typeof WebhookId>;

/**
 * What is sent: `events`, each on its own; `audit`, the whole audit log in order, entry by entry, with the
 * leaf of its tree. `bucket` writes the same log to a bucket, as files that can be verified on their own.
 */
export const WebhookKind = z.enum(['events', 'audit', 'bucket']);
export type WebhookKind = z.infer<typeof WebhookKind>;

/** `paused` by an admin, or because the target failed for a day (`failing`) or is gone (410). */
const WebhookStatus = z.enum(['active', 'paused']);
const PauseReason = z.enum(['failing', 'gone']);
export type PauseReason = z.infer<typeof PauseReason>;

// General purpose buckets, see
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html, without names with dots,
// which TLS can't verify, and without S3's reserved prefixes and suffixes.
const bucketName =
  /^(?!xn--|sthree-|amzn-s3-demo-)(?!.*(?:-s3alias|--ol-s3|--x-s3|--table-s3)$)[a-z\d][a-z\d-]{1,61}[a-z\d]$/;
// In the partition `aws`. The SDK builds a hostname from it, so no other value is allowed.
const region =
  /^(?:af|ap|ca|eu|il|me|mx|sa|us)-(?:north|south|east|west|central|(?:north|south)(?:east|west))-\d$/;
/** The prefix of the names of all roles that we assume: our own policy allows no other. */
export const deliveryRoles = 'mtcms-log-delivery';
const roleArn = new RegExp(`^arn:aws:iam::\\d{12}:role/${deliveryRoles}[\\w+=,.@-]{0,46}$`);

/** An organization's own bucket on S3, and the role of the same account that objects are put as. */
export const LogBucket = z.strictObject({
  name: z.string().check(z.regex(bucketName, orElse('not_a_bucket'))),
  region: z.string().check(z.regex(region, orElse('not_a_region'))),
  /** The key prefix, without a slash at either end. */
  prefix: z._default(
    z.string().check(z.maxLength(200), z.regex(/^(?:[\w-]+(?:\/[\w-]+)*)?$/, orElse('not_a_prefix'))),
    '',
  ),
  roleArn: z.string().check(z.regex(roleArn, orElse('not_a_delivery_role'))),
});
export type LogBucket = z.infer<typeof LogBucket>;

/** Webhooks: where an organization's changes are sent. */
export const Webhook = z.object({
  id: WebhookId,
  organizationId: OrganizationId,
  name: z.string(),
  /** Of a bucket: `s3://name/prefix`. */
  url: z.string(),
  kind: WebhookKind,
  bucket: z.optional(LogBucket),
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

/**
 * The principal that a bucket's role has to trust, and the external ID, which is unique to the
 * organization.
 */
export const LogSender = z.object({ roleArn: z.string(), externalId: z.string() });
export type LogSender = z.infer<typeof LogSender>;

export const WebhookList = z.object({ items: z.array(Webhook), logSender: z.optional(LogSender) });

const name = line(80);
const url = z.string().check(z.maxLength(500), z.regex(/^https?:\/\/[^\s]+$/, orElse('not_an_address')));
const eventType = z
  .string()
  .check(z.maxLength(80), z.regex(/^(?:\*|[a-z][a-z-]*\.(?:\*|[a-z][a-z-]*))$/, orElse('not_an_event_type')));
const events = z.array(eventType).check(z.minLength(1), z.maxLength(50));

interface Target {
  readonly kind: WebhookKind;
  readonly url?: string | undefined;
  readonly bucket?: LogBucket | undefined;
}
/** A bucket has no address, and an address no bucket. */
const targetOfKind = (field: 'url' | 'bucket') => {
  const isFor = ({ kind }: Target) => (kind === 'bucket') === (field === 'bucket');
  const rest: { path: PropertyKey[]; says: Statement } = { path: [field], says: { inPart: true } };
  return [
    rule<Target>((one) => !isFor(one) || one[field] !== undefined, { ...orElse('required'), ...rest }),
    rule<Target>((one) => isFor(one) || one[field] === undefined, { ...orElse('not_of_this_kind'), ...rest }),
  ] as const;
};

export const NewWebhook = z
  .strictObject({
    name,
    /** Of `events` and `audit`. */
    url: z.optional(url),
    kind: z._default(WebhookKind, 'events'),
    /** Of `bucket`. */
    bucket: z.optional(LogBucket),
    /** Without meaning for an audit log, which is always whole. */
    events: z._default(events, ['*']),
    /** Where an audit log starts: with new entries, or with the first entry that is kept. */
    from: z._default(z.enum(['now', 'start']), 'now'),
  })
  .check(...targetOfKind('url'), ...targetOfKind('bucket'));
export type NewWebhook = z.infer<typeof NewWebhook>;

export const WebhookChange = z
  .strictObject({
    name: z.optional(name),
    url: z.optional(url),
    bucket: z.optional(LogBucket),
    events: z.optional(events),
    status: z.optional(WebhookStatus),
  })
  .check(changesSomething);
export type WebhookChange = z.infer<typeof WebhookChange>;

/** A webhook with its new signing secret, which is shown only once. */
export const CreatedWebhook = z.extend(Webhook, { secret: z.optional(z.string()) });
export type CreatedWebhook = z.infer<typeof CreatedWebhook>;

/**
 * Why nothing was delivered. For a bucket: its role can't be assumed, or can be assumed without the
 * external ID (`role-open`); the role's account has no such bucket; the role may not write there (or, in a
 * test, read); it is in another region.
 */
const Problem = z.enum([
  'timeout',
  'refused-address',
  'unreachable',
  'role-denied',
  'role-open',
  'no-bucket',
  'bucket-denied',
  'wrong-region',
]);

/** The outcome of one attempt: the response status, or why there was none. */
export const Attempt = z.object({
  at: timestamp,
  status: z.optional(z.int()),
  problem: z.optional(Problem),
  milliseconds: z.int(),
});
export type Attempt = z.infer<typeof Attempt>;

/** One message, and its outcome. Kept for 30 days. */
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
  kind_is_fixed: ['validation_failed', 'A bucket stays a bucket, and an address an address.', 'kind'],
  bucket_has_no_secret: ['conflict', 'A bucket has no signing secret. Its role’s policy says who may write.'],
  event_type_unknown: ['validation_failed', '{type} isn’t an event type.', 'events'],
});
