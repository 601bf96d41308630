import { ulid } from 'ulid';
import { findTree } from '../audit/tree-head.ts';
import type { Context } from '../context.ts';
import { stale } from '../errors.ts';
import { itemKinds } from '../nouns.ts';
import { countWebhook } from '../organization/webhook-count.ts';
import { updatedByOf } from '../table/change-stamp.ts';
import { dueList } from '../table/due-list.ts';
import type { Stored } from '../table/entity.ts';
import { find, findAll } from '../table/reads.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { transact, type Write } from '../table/transaction.ts';
import { adjust, change, create, erase, fresh, remove } from '../table/writes.ts';
import { bucketOf } from './log-objects.ts';
import { newSecret } from './sign-message.ts';
import { WebhookDueItem, WebhookItem, WebhookSecretItem, WebhookStateItem } from './webhook.noun.ts';
import {
  type CreatedWebhook,
  mostWebhooks,
  type NewWebhook,
  Webhook,
  type WebhookChange,
  WebhookId,
  webhookRefusals,
} from './webhook.schema.ts';

type StoredWebhook = Stored<typeof WebhookItem>;
type State = Stored<typeof WebhookStateItem>;

const show = ({ webhookId: id, ...stored }: StoredWebhook, state: State | null): Webhook =>
  Webhook.parse({
    ...stored,
    id,
    bucket: bucketOf(stored),
    waiting: state?.waiting.length ?? 0,
    lastDeliveredAt: state?.lastDeliveredAt,
    lastFailedAt: state?.lastFailedAt,
    updatedBy: updatedByOf(stored),
  });

/** Every event type of an organization: the actions in its audit log. */
const eventTypes = new Set(
  itemKinds
    .filter(({ isPlatforms }) => isPlatforms === undefined)
    .flatMap(({ trail }): readonly string[] => trail?.actions ?? []),
);

function refuseUnknown(events: readonly string[]): void {
  for (const type of events) {
    const isKnown =
      type === '*' ||
      eventTypes.has(type) ||
      (type.endsWith('.*') && [...eventTypes].some((one) => one.startsWith(type.slice(0, -1))));
    if (!isKnown) throw webhookRefusals.event_type_unknown({ type });
  }
}

const localHosts = ['localhost', '127.0.0.1'];
/** Hostnames and addresses that can't be public; what a name resolves to is checked when calling it. */
const privateHost =
  /^(?:localhost|.*\.(?:localhost|local|internal|home\.arpa)|127\..*|10\..*|192\.168\..*|169\.254\..*|0\..*|\[.*\])$/;

/**
 * Refuses a URL that could never be called. The sender checks the address of each connection.
 * @param isLocal whether loopback addresses are allowed, as in the local run
 */
function refuseTarget(url: string, isLocal: boolean): void {
  if (!URL.canParse(url)) throw webhookRefusals.target_not_https();
  const { protocol, hostname, username, password } = new URL(url);
  if (isLocal && localHosts.includes(hostname)) return;
  if (protocol !== 'https:') throw webhookRefusals.target_not_https();
  if (username !== '' || password !== '') throw webhookRefusals.target_with_password();
  if (privateHost.test(hostname) || !hostname.includes('.')) throw webhookRefusals.target_not_public();
}

const counting = (ctx: Context, by: 1 | -1, secondaryTo: string): Write =>
  countWebhook(ctx, by, secondaryTo, {
    most: mostWebhooks,
    refusal: () => webhookRefusals.too_many_webhooks({ most: mostWebhooks }),
  });

/** The stored form of a webhook's target. */
function targetOf({ url, bucket }: Pick<NewWebhook, 'url' | 'bucket'>, isLocal: boolean) {
  if (bucket !== undefined) {
    const { name, prefix, region, roleArn } = bucket;
    return { url: `s3://${prefix === '' ? name : `${name}/${prefix}`}`, region, roleArn };
  }
  if (url === undefined) return {};
  refuseTarget(url, isLocal);
  return { url };
}

interface Creation {
  readonly input: NewWebhook;
  readonly isLocal: boolean;
}

/**
 * Creates a webhook and returns its signing secret, which isn't shown again; a bucket has none. Throws
 * `validation_failed` for a target that can't be used and for an unknown event type, and `conflict` if the
 * organization has too many.
 */
export async function createWebhook(ctx: Context, { input, isLocal }: Creation): Promise<CreatedWebhook> {
  const { scope, actor, now } = ctx;
  const { name, kind, from } = input;
  const events = kind === 'events' ? input.events : ['*'];
  const { url = '', ...target } = targetOf(input, isLocal);
  refuseUnknown(events);
  const webhookId = WebhookId.parse(`hook_${ulid(now.getTime())}`);
  const size = kind !== 'events' && from === 'start' ? 0 : (await findTree(scope)).head.frontier.size;
  const secret = kind === 'bucket' ? undefined : newSecret();
  const status = 'active' as const;
  const made = { webhookId, name, url, ...target, kind, events, status, createdBy: actor.by };
  const item = fresh(ctx, WebhookItem, made, 'webhook.created');
  const secrets =
    secret === undefined ? [] : [create(scope, WebhookSecretItem, { webhookId, secrets: [{ secret }] })];
  await transact(scope, [
    counting(ctx, 1, 'webhook.created'),
    create(scope, WebhookItem, item),
    ...secrets,
    create(scope, WebhookStateItem, { webhookId, next: size, waiting: [], holder: '', leaseUntil: 0 }),
  ]);
  return { ...show(item, null), secret };
}

/** An organization's stored webhooks, newest first; there are few. */
export const storedWebhooks = (scope: OrganizationScope): Promise<StoredWebhook[]> =>
  findAll(scope, WebhookItem, {}, { order: 'desc' });

/** The organizations with something to send. */
export const webhooksDue = (platform: OrganizationScope) => dueList(platform, WebhookDueItem);

/** An organization's webhooks with their progress. */
export async function listWebhooks(scope: OrganizationScope): Promise<Webhook[]> {
  const [webhooks, states] = await Promise.all([storedWebhooks(scope), findAll(scope, WebhookStateItem)]);
  return webhooks.map((one) =>
    show(one, states.find(({ webhookId }) => webhookId === one.webhookId) ?? null),
  );
}

/** A webhook as it is stored. Throws `not_found`. */
export async function requireStored(scope: OrganizationScope, webhookId: WebhookId): Promise<StoredWebhook> {
  const found = await find(scope, WebhookItem, { webhookId });
  if (found === null) throw webhookRefusals.webhook_not_found();
  return found;
}

/** Reads a webhook of the organization. Throws `not_found`. */
export async function requireWebhook(scope: OrganizationScope, webhookId: WebhookId): Promise<Webhook> {
  const [found, state] = await Promise.all([
    requireStored(scope, webhookId),
    find(scope, WebhookStateItem, { webhookId }),
  ]);
  return show(found, state);
}

/**
 * Changes a webhook. Once it is active again, waiting messages are retried immediately. Throws `not_found`,
 * `stale`, and `validation_failed` like `createWebhook`.
 */
export async function updateWebhook(
  ctx: Context,
  {
    webhookId,
    revision,
    isLocal,
    ...wanted
  }: WebhookChange & {
    readonly webhookId: WebhookId;
    readonly revision: number;
    readonly isLocal: boolean;
  },
): Promise<Webhook> {
  const { scope } = ctx;
  const before = await requireStored(scope, webhookId);
  if (before.revision !== revision) throw stale();
  if (wanted[before.kind === 'bucket' ? 'url' : 'bucket'] !== undefined)
    throw webhookRefusals.kind_is_fixed();
  const events = before.kind === 'events' ? wanted.events : undefined;
  if (events !== undefined) refuseUnknown(events);
  const { name, status } = wanted;
  const target = targetOf(wanted, isLocal);
  const resumes = status === 'active' && before.status === 'paused';
  const set = { name, ...target, events, status, ...(status === undefined ? {} : { pausedBecause: null }) };
  await transact(scope, [
    change(ctx, WebhookItem, { webhookId }, { action: 'webhook.updated', set, at: revision }),
  ]);
  if (resumes) await retryAllNow(ctx, webhookId);
  return await requireWebhook(scope, webhookId);
}

/** Makes all waiting messages due now, as if they had never failed. */
async function retryAllNow({ scope, now }: Context, webhookId: WebhookId): Promise<void> {
  const state = await find(scope, WebhookStateItem, { webhookId });
  if (state === null || state.waiting.length === 0) return;
  const waiting = state.waiting.map(({ place }) => ({ place, at: now.toISOString(), tries: 0 }));
  await transact(scope, [adjust(scope, WebhookStateItem, { webhookId }, { set: { waiting } })]);
}

/** How long a replaced secret is still used. */
const overlapMs = 24 * 3_600_000;

/**
 * Gives a webhook another signing secret; for a day messages are signed by both. Throws `not_found`, and
 * `conflict` for a bucket.
 */
export async function rotateSecret(ctx: Context, webhookId: WebhookId): Promise<CreatedWebhook> {
  const { scope, now } = ctx;
  const [found, known] = await Promise.all([
    requireStored(scope, webhookId),
    find(scope, WebhookSecretItem, { webhookId }),
  ]);
  if (found.kind === 'bucket') throw webhookRefusals.bucket_has_no_secret();
  const secret = newSecret();
  const [last] = known?.secrets ?? [];
  const until = new Date(now.getTime() + overlapMs).toISOString();
  const secrets = [{ secret }, ...(last === undefined ? [] : [{ ...last, until }])];
  await transact(scope, [
    change(ctx, WebhookItem, { webhookId }, { action: 'webhook.secret-rotated', at: found.revision }),
    adjust(scope, WebhookSecretItem, { webhookId }, { set: { secrets } }),
  ]);
  return { ...(await requireWebhook(scope, webhookId)), secret };
}

/** Deletes a webhook and its waiting messages. Throws `not_found` and `stale`. */
export async function deleteWebhook(
  ctx: Context,
  { webhookId, revision }: { readonly webhookId: WebhookId; readonly revision: number },
): Promise<void> {
  const { scope } = ctx;
  const found = await requireStored(scope, webhookId);
  if (found.revision !== revision) throw stale();
  await transact(scope, [
    ...remove(ctx, WebhookItem, found, 'webhook.deleted'),
    ...(found.kind === 'bucket' ? [] : [erase(scope, WebhookSecretItem, { webhookId })]),
    erase(scope, WebhookStateItem, { webhookId }),
    counting(ctx, -1, 'webhook.deleted'),
  ]);
}
