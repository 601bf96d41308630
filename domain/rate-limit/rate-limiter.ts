import QuickLRU from 'quick-lru';
import { AppError } from '../errors.ts';
import { PLATFORM, type UserId } from '../ids.ts';
import { catalogue } from '../subscription/catalogue.ts';
import type { Plan } from '../subscription/subscription.schema.ts';
import { addTo } from '../table/count.ts';
import { entityOf } from '../table/entity.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { RateWindowItem } from './rate-limit.noun.ts';
import { rateLimitRefusals } from './rate-limit.refusals.ts';

/** A platform user's requests per minute. */
const platformRequestsPerMinute = 6000;

/** The part of their organization's limit that one user may use. */
const personsPart = 0.5;

/** Requests per minute reserved for admins' safety acts once the limit is reached. */
const reservedPerMinute = 30;

/**
 * How many numbers an execution environment takes initially. Each batch costs one write, and unused numbers
 * are lost when the environment goes idle.
 */
const firstBatch = 5;

/** This environment's numbers for one minute. Limits are known from the first request on. */
interface Window {
  readonly minute: string;
  /** How many numbers this environment has taken. */
  taken: number;
  next: number;
  last: number;
  limit: number;
  personsLimit: number;
  /** The known number of each user's requests, here and elsewhere. */
  readonly persons: Map<UserId, number>;
  /** The user for whom the current numbers were taken: they count as that user's until used. */
  takenFor: UserId | undefined;
  /** Corrections to users' counts in the table, because other users used numbers taken for one. */
  readonly corrections: Map<UserId, number>;
}

/** As many as used so far, so that at most half are lost, but at most the plan's limit for one second. */
const batchOf = ({ taken, limit }: Window) => Math.max(firstBatch, Math.min(taken, Math.floor(limit / 60)));

/** A caller. An organization's users share one limit; each platform user has their own. */
export interface Caller {
  readonly scope: OrganizationScope;
  readonly userId: UserId;
}

/** What a request is checked against. `plan` is undefined for platform users. */
export interface Allowance {
  readonly plan: Plan | undefined;
  /** Whether the request may use the reserve. */
  readonly isReserved?: boolean;
}

/**
 * Gives each request of a minute its own number, across all execution environments; a number above the
 * plan's limit is refused. Numbers are taken from a shared counter in batches, so that a minute never has
 * more requests than the plan allows, and few requests cost a write: one in five for a small plan or in a
 * quiet minute, one in a hundred for a large plan in a busy one. The same write counts the batch for the
 * user who needs it and corrects the counts of the previous batch, so that no user exceeds their part of
 * the limit.
 */
export class RateLimiter {
  readonly #windows = new QuickLRU<string, Window>({ maxSize: 1000 });

  /** Throws `rate_limited` if this minute's limit is known to be reached. */
  refuseUsedUp(caller: Caller, now: Date): void {
    refuse(this.#window(caller.scope, countedAs(caller), now), caller, now);
  }

  /**
   * Numbers the request, and throws `rate_limited` if the number is above the limit. Only for members: no
   * one else may use up a limit.
   */
  async admit(caller: Caller, { plan, isReserved = false }: Allowance, now: Date): Promise<void> {
    const window = this.#window(caller.scope, countedAs(caller), now);
    window.limit = plan === undefined ? platformRequestsPerMinute : catalogue[plan].requestsPerMinute;
    window.personsLimit = plan === undefined ? window.limit : window.limit * personsPart;
    try {
      await number(window, caller, countedAs(caller), now);
    } catch (error) {
      if (!(isReserved && error instanceof AppError && error.code === 'rate_limited')) throw error;
      const reserve = this.#window(caller.scope, 'reserve', now);
      reserve.limit = reservedPerMinute;
      await number(reserve, caller, 'reserve', now);
    }
  }

  #window({ organizationId }: OrganizationScope, of: string, now: Date): Window {
    const key = `${organizationId}#${of}`;
    const minute = now.toISOString().slice(0, 16);
    const known = this.#windows.get(key);
    if (known?.minute === minute) return known;
    const [limit, personsLimit] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    const counts = { persons: new Map(), takenFor: undefined, corrections: new Map() };
    const begun = { minute, taken: 0, next: 1, last: 0, limit, personsLimit, ...counts };
    this.#windows.set(key, begun);
    return begun;
  }
}

/** The counter of a caller's requests: one per organization, one per platform user. */
const countedAs = ({ scope, userId }: Caller) => (scope.organizationId === PLATFORM ? userId : 'all');

function refuse({ next, limit, personsLimit, persons }: Window, { userId }: Caller, now: Date): void {
  const wait = { retryAfterSeconds: 60 - now.getUTCSeconds() };
  if (next > limit) throw rateLimitRefusals.too_many_for_the_plan({ limit }, wait);
  if ((persons.get(userId) ?? 0) >= personsLimit)
    throw rateLimitRefusals.too_many_for_one_person({ limit: personsLimit }, wait);
}

const raise = (counts: Map<UserId, number>, userId: UserId, by: number): Map<UserId, number> =>
  counts.set(userId, (counts.get(userId) ?? 0) + by);

/** Takes the next number, from the current batch or a new one. Throws `rate_limited`. */
async function number(window: Window, caller: Caller, of: string, now: Date): Promise<void> {
  const { userId } = caller;
  refuse(window, caller, now);
  if (window.next > window.last) {
    await takeNumbers(window, caller, of, now);
    refuse(window, caller, now);
  }
  window.next += 1;
  raise(window.persons, userId, 1);
  raise(window.corrections, userId, 1);
  if (window.takenFor !== undefined) raise(window.corrections, window.takenFor, -1);
}

/** Takes a new batch for a user and corrects the counts of the previous one, in one write. */
async function takeNumbers(window: Window, { scope, userId }: Caller, of: string, now: Date): Promise<void> {
  const { minute, persons, corrections } = window;
  const { organizationId } = scope;
  const count = batchOf(window);
  const changes = [...raise(new Map(corrections), userId, count)].filter(([, by]) => by !== 0);
  const update = entityOf(RateWindowItem)
    .update({ organizationId, of, minute })
    .set({ expiresAt: Math.floor(now.getTime() / 1000) + 3600 })
    .add({ numbered: count });
  const counts = await addTo(scope, update, changes);
  corrections.clear();
  for (const [id] of changes) persons.set(id, Number(counts[id]) - (id === userId ? count : 0));
  window.takenFor = userId;
  window.taken += count;
  window.last = Number(counts.numbered);
  window.next = window.last - count + 1;
}
