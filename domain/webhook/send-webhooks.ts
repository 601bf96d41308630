import { ulid } from 'ulid';
import { systemActor } from '../actor.ts';
import type { Context } from '../context.ts';
import type { OrganizationId } from '../ids.ts';
import { isServed } from '../organization/assert-served.ts';
import { findOrganization } from '../organization/find-organization.ts';
import type { Stored } from '../table/entity.ts';
import { find } from '../table/reads.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { transact, write } from '../table/transaction.ts';
import { adjust, change, replace } from '../table/writes.ts';
import { placeText } from './deliveries.ts';
import { bucketOf, type OpenBucket } from './log-objects.ts';
import { storedWebhooks } from './manage-webhooks.ts';
import { type Message, messagesFrom, type Told } from './messages.ts';
import { signedRequest } from './sign-message.ts';
import { type Waiting, WebhookDeliveryItem, WebhookItem, WebhookStateItem } from './webhook.noun.ts';
import type { Attempt, LogBucket, WebhookId } from './webhook.schema.ts';

/** Sends a request and returns the outcome; never throws because of the target. */
export type RequestTarget = (
  url: string,
  request: { readonly headers: Readonly<Record<string, string>>; readonly body: string },
) => Promise<Omit<Attempt, 'at'>>;

/** Dependencies of sending. */
export interface Tools {
  readonly request: RequestTarget;
  readonly openBucket: (bucket: LogBucket, organizationId: OrganizationId) => OpenBucket;
  readonly now: () => Date;
  /** Whether there is time for another request. */
  readonly hasTime: () => boolean;
}

type StoredWebhook = Stored<typeof WebhookItem>;
type State = Stored<typeof WebhookStateItem>;

/** Delays after the first, second, … failure of a message: about a day in total, then it gives up. */
const minutesUntilNext = [0.1, 5, 30, 120, 300, 600, 600];
/**
 * How many failing event messages are set aside before others wait for them. An audit stream waits for
 * each.
 */
const mostWaiting = { events: 50, audit: 1, bucket: 1 } as const;
/** Longer than a request and its writes take. */
const leaseMs = 60_000;
const readAtOnce = 50;
const keptSeconds = 30 * 86_400;

/**
 * For this long after its creation, a webhook is checked every minute, since the audit writer may not know
 * about it yet, see `retention.ts`.
 */
const settlingMs = 6 * 60_000;
const settlingEveryMs = 60_000;
/** How often a bucket is looked at while it waits for the checkpoint of the hour. */
const checkpointEveryMs = 10 * 60_000;

const isGood = ({ status = 0 }: Pick<Attempt, 'status'>): boolean => status >= 200 && status < 300;

/**
 * Sends an organization's webhook messages: first retries, then what is new in its audit log, which serves
 * as the queue. Returns when there will be something to do even without new entries; null if never.
 * At-least-once: after a crash, messages are sent again with the same id.
 */
export async function sendWebhooks(scope: OrganizationScope, tools: Tools): Promise<Date | null> {
  const now = tools.now();
  const [organization, webhooks] = await Promise.all([findOrganization(scope), storedWebhooks(scope)]);
  if (organization === null || !isServed(organization, now)) return null;
  const next = await Promise.all(
    webhooks.filter(({ status }) => status === 'active').map((one) => sendOne(scope, one, tools)),
  );
  const times = next.filter((time) => time !== null).map((time) => time.getTime());
  return times.length === 0 ? null : new Date(Math.min(...times));
}

/** Takes the lease; null while another sender has it. */
async function lease(scope: OrganizationScope, webhookId: WebhookId, now: Date): Promise<State | null> {
  const holder = ulid();
  const ms = now.getTime();
  const taking = adjust(
    scope,
    WebhookStateItem,
    { webhookId },
    {
      set: { holder, leaseUntil: ms + leaseMs },
      where: ({ leaseUntil }, { lt }) => lt(leaseUntil, ms),
    },
  );
  if (!(await write(scope, taking))) return null;
  const state = await find(scope, WebhookStateItem, { webhookId });
  return state?.holder === holder ? state : null;
}

async function sendOne(scope: OrganizationScope, webhook: StoredWebhook, tools: Tools): Promise<Date | null> {
  const { webhookId } = webhook;
  const state = await lease(scope, webhookId, tools.now());
  if (state === null) return new Date(tools.now().getTime() + leaseMs);
  const sender = new Sender(scope, webhook, state, tools);
  return await sender.run();
}

/** One webhook, while its lease is held. */
class Sender {
  readonly #scope: OrganizationScope;
  readonly #webhook: StoredWebhook;
  readonly #tools: Tools;
  readonly #holder: string;
  #next: number;
  #waiting: readonly Waiting[];
  #times: { readonly [Name in 'lastDeliveredAt' | 'lastFailedAt']: string | undefined };
  readonly #bucket: OpenBucket | undefined;
  #checkedRole: string | undefined;
  #isStopped = false;
  #waitsForCheckpoint = false;

  constructor(scope: OrganizationScope, webhook: StoredWebhook, state: State, tools: Tools) {
    this.#scope = scope;
    this.#webhook = webhook;
    this.#tools = tools;
    const bucket = bucketOf(webhook);
    this.#bucket = bucket && tools.openBucket(bucket, scope.organizationId);
    this.#checkedRole = state.checkedRole;
    this.#holder = state.holder;
    this.#next = state.next;
    this.#waiting = state.waiting;
    this.#times = { lastDeliveredAt: state.lastDeliveredAt, lastFailedAt: state.lastFailedAt };
  }

  async run(): Promise<Date | null> {
    await this.#sendDue();
    const isDone = await this.#sendNew();
    await this.#save({ isOver: true });
    if (this.#isStopped) return null;
    return this.#nextTime(isDone);
  }

  get #canGoOn(): boolean {
    return !this.#isStopped && this.#tools.hasTime();
  }

  /** Retries messages that have waited long enough. */
  async #sendDue(): Promise<void> {
    const now = this.#tools.now().toISOString();
    for (const one of this.#waiting.filter(({ at }) => at <= now).toSorted((a, b) => a.place - b.place)) {
      if (!this.#canGoOn) return;
      const [message] = (await this.#read(one.place, 1)).messages;
      const others = this.#waiting.filter(({ place }) => place !== one.place);
      const again = message === undefined ? null : await this.#attempt(message, one.tries);
      this.#waiting = again === null ? others : [...others, again];
      await this.#save();
    }
  }

  /**
   * Sends what is new until the end, too many failures, or the time limit. Returns whether it reached the
   * end.
   */
  async #sendNew(): Promise<boolean> {
    while (this.#canGoOn && this.#hasRoom) {
      const { messages, waits = false } = await this.#read(this.#next, readAtOnce);
      this.#waitsForCheckpoint = waits;
      if (messages.length === 0) return true;
      for (const message of messages) {
        if (!this.#canGoOn || !this.#hasRoom) break;
        if (message.body !== null) {
          const again = await this.#attempt(message, 0);
          if (again !== null) this.#waiting = [...this.#waiting, again];
        }
        this.#next = message.after;
        if (message.body !== null) await this.#save();
      }
    }
    return this.#tools.hasTime();
  }

  #read(from: number, limit: number): Promise<Told> {
    return messagesFrom(this.#scope, this.#webhook, { from, limit, now: this.#tools.now() });
  }

  get #hasRoom(): boolean {
    return this.#waiting.length < mostWaiting[this.#webhook.kind];
  }

  /** Sends a message once and records the outcome. Returns what to retry. */
  async #attempt(message: Message, tries: number): Promise<Waiting | null> {
    const now = this.#tools.now();
    const done: Attempt = { at: now.toISOString(), ...(await this.#deliver(message, now)) };
    const good = isGood(done);
    const minutes = good ? undefined : minutesUntilNext[tries];
    const isOver = !good && minutes === undefined;
    const pauses = done.status === 410 || (isOver && this.#failsAltogether);
    if (good) this.#times = { ...this.#times, lastDeliveredAt: done.at };
    else this.#times = { ...this.#times, lastFailedAt: done.at };
    const keeps = pauses || minutes !== undefined;
    await this.#note(message, done, good ? 'delivered' : keeps ? 'retrying' : 'failed');
    if (pauses) await this.#pause(done.status === 410 ? 'gone' : 'failing');
    if (good || !keeps) return null;
    const at = new Date(now.getTime() + (minutes ?? 0) * 60_000).toISOString();
    return { place: message.place, at, tries: pauses ? 0 : tries + 1 };
  }

  async #deliver({ place, body, object }: Message, now: Date): Promise<Omit<Attempt, 'at'>> {
    const { webhookId, url } = this.#webhook;
    if (object !== undefined && this.#bucket !== undefined) {
      const { roleArn } = this.#webhook;
      const done = await this.#bucket.put(object, { checksTrust: this.#checkedRole !== roleArn });
      if (isGood(done)) this.#checkedRole = roleArn;
      return done;
    }
    const message = { webhookId, place: placeText(place), body: body ?? '' };
    return await this.#tools.request(url, await signedRequest(this.#scope, message, now));
  }

  /**
   * Whether nothing has been delivered for as long as one message is retried. An audit log can only
   * continue in order.
   */
  get #failsAltogether(): boolean {
    if (this.#webhook.kind !== 'events') return true;
    const tried = minutesUntilNext.reduce((sum, minutes) => sum + minutes, 0) * 60_000;
    const since = this.#tools.now().getTime() - tried;
    return Date.parse(this.#times.lastDeliveredAt ?? this.#webhook.createdAt) <= since;
  }

  async #note(
    { place, type, timestamp, resource }: Message,
    done: Attempt,
    status: 'delivered' | 'retrying' | 'failed',
  ) {
    const { webhookId } = this.#webhook;
    const key = { webhookId, place: placeText(place) };
    const known = await find(this.#scope, WebhookDeliveryItem, key);
    const attempts = [...(known?.attempts ?? []), done].slice(-20);
    const expiresAt = Math.floor(this.#tools.now().getTime() / 1000) + keptSeconds;
    const values = { ...key, type, timestamp, resource, status, attempts, expiresAt };
    await write(this.#scope, replace(this.#scope, WebhookDeliveryItem, values));
  }

  /** An admin sees in the app and in the audit log that it is paused, and can resume it. */
  async #pause(pausedBecause: 'failing' | 'gone'): Promise<void> {
    this.#isStopped = true;
    const { webhookId } = this.#webhook;
    const actor = systemActor('webhook-sender', ulid());
    const ctx: Context = { scope: this.#scope, actor, now: this.#tools.now() };
    const set = { status: 'paused', pausedBecause } as const;
    await transact(this.#scope, [change(ctx, WebhookItem, { webhookId }, { action: 'webhook.paused', set })]);
  }

  /**
   * Writes the position while this sender has the lease: one that lost it must not overwrite the next one's
   * progress.
   */
  async #save({ isOver = false }: { readonly isOver?: boolean } = {}): Promise<void> {
    const leaseUntil = isOver ? 0 : this.#tools.now().getTime() + leaseMs;
    const checked = this.#checkedRole === undefined ? {} : { checkedRole: this.#checkedRole };
    const set = { next: this.#next, waiting: this.#waiting, leaseUntil, ...this.#times, ...checked };
    const saving = adjust(
      this.#scope,
      WebhookStateItem,
      { webhookId: this.#webhook.webhookId },
      {
        set,
        where: ({ holder }, { eq }) => eq(holder, this.#holder),
      },
    );
    if (!(await write(this.#scope, saving))) this.#isStopped = true;
  }

  #nextTime(isDone: boolean): Date | null {
    const now = this.#tools.now();
    if (!isDone) return now;
    const age = now.getTime() - Date.parse(this.#webhook.createdAt);
    const times = [
      ...this.#waiting.map(({ at }) => Date.parse(at)),
      ...(age < settlingMs ? [now.getTime() + settlingEveryMs] : []),
      ...(this.#waitsForCheckpoint ? [now.getTime() + checkpointEveryMs] : []),
    ];
    return times.length === 0 ? null : new Date(Math.min(...times));
  }
}
