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

/** The requests that one user of the platform may make in a minute. */
const platformRequestsPerMinute = 6000;

/** The part of their organization's limit that one user may use. */
const personsPart = 0.5;

/**
 * How many requests that keep an organization safe its admins may make in a minute once the limit is reached.
 */
const reservedPerMinute = 30;

/**
 * How many numbers an execution environment takes at first. That many requests cost one write, and that many
 * numbers are lost when it goes idle.
 */
const firstBatch = 5;

/** The numbers of one minute that this environment holds. The limits are known from the first request on. */
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
  /** The user for whom the numbers at hand were taken: they count as that user's until they are used. */
  takenFor: UserId | undefined;
  /** The correction of each user's count in the table, because others used numbers taken for one user. */
  readonly corrections: Map<UserId, number>;
}

/**
 * As many as were used so far, so that at most half are ever lost, but at most the plan's limit for a second.
 */
const batchOf = ({ taken, limit }: Window) => Math.max(firstBatch, Math.min(taken, Math.floor(limit / 60)));

/**
 * A caller. An organization's users share one limit; each user of the platform has their own, so that none
 * uses up another's.
 */
export interface Caller {
  readonly scope: OrganizationScope;
  readonly userId: UserId;
}

/** What a request is checked against. `plan` is undefined for the platform's users. */
export interface Allowance {
  readonly plan: Plan | undefined;
  /** Whether the request may use the reserve. */
  readonly isReserved?: boolean;
}

/**
 * Gives each request of a minute its own number, across all execution environments; a number above the plan's
 * limit is refused. Numbers are taken from a shared counter in batches, so that a minute never has more
 * requests than the plan allows, and few requests pay for a write: one in five for a small plan or in a quiet
 * minute, one in a hundred for a large plan in a busy one. The same write counts the batch for the user whose
 * request needs it and corrects the counts of the batch before, so that nobody gets more than their part of
 * the plan's limit.
 */
export class RateLimiter {
  readonly #windows = new QuickLRU<string, Window>({ maxSize: 1000 });

  /**
   * Throws `rate_limited` when the limit of this minute is reached already, so that no further request needs
   * a number.
   */
  refuseUsedUp(caller: Caller, now: Date): void {
    refuse(this.#window(caller.scope, countedAs(caller), now), caller, now);
  }

  /**
   * Gives the request its number, and throws `rate_limited` when it is above the limit. Only for members:
   * nobody else may use up a limit.
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

/**
 * The key that a caller's requests are counted under: one for an organization, one for each user of the
 * platform.
 */
const countedAs = ({ scope, userId }: Caller) => (scope.organizationId === PLATFORM ? userId : 'all');

function refuse({ next, limit, personsLimit, persons }: Window, { userId }: Caller, now: Date): void {
  const wait = { retryAfterSeconds: 60 - now.getUTCSeconds() };
  if (next > limit) throw rateLimitRefusals.too_many_for_the_plan({ limit }, wait);
  if ((persons.get(userId) ?? 0) >= personsLimit)
    throw rateLimitRefusals.too_many_for_one_person({ limit: personsLimit }, wait);
}

const raise = (counts: Map<UserId, number>, userId: UserId, by: number): Map<UserId, number> =>
  counts.set(userId, (counts.get(userId) ?? 0) + by);

/** Takes the next number for a request, from those at hand or from a new batch. Throws `rate_limited`. */
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

/** Takes a new batch for a user and corrects the counts of the one before, in one write. */
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
