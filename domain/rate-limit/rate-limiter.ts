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

/** What one person of the platform may ask in a minute. */
const platformRequestsPerMinute = 6000;

/** What one person may ask of what their organization may. */
const personsPart = 0.5;

/**
 * Requests that keep an organization safe, which its admins may make in a minute when all others are used up.
 */
const reservedPerMinute = 30;

/**
 * Numbers that an execution environment takes at first: one write for so many requests, so many lost when it
 * goes idle.
 */
const firstBatch = 5;

/**
 * The numbers of one minute that this environment holds. Limits are known once a request was judged by them.
 */
interface Window {
  readonly minute: string;
  /** How many numbers this environment has taken. */
  taken: number;
  next: number;
  last: number;
  limit: number;
  personsLimit: number;
  /** How many requests of each person are known of, here and elsewhere. */
  readonly persons: Map<UserId, number>;
  /** For whom the numbers at hand were taken: they count as that person's until they are used. */
  takenFor: UserId | undefined;
  /**
   * What each person's count in the table has to be corrected by, since others used what was taken for one.
   */
  readonly corrections: Map<UserId, number>;
}

/**
 * As many as were used so far, so that at most half are ever lost; and at most a second's worth of the plan.
 */
const batchOf = ({ taken, limit }: Window) => Math.max(firstBatch, Math.min(taken, Math.floor(limit / 60)));

/**
 * Who shares an allowance: all of an organization; of the platform each person, so that nobody uses up
 * another's.
 */
export interface Caller {
  readonly scope: OrganizationScope;
  readonly userId: UserId;
}

/** What a request is judged by. `plan` is undefined for the platform's people. */
export interface Allowance {
  readonly plan: Plan | undefined;
  /** Whether it may be answered from the reserve. */
  readonly isReserved?: boolean;
}

/**
 * Gives each request of a minute its own number, over all execution environments: the number is above the
 * plan's limit or it isn't. Numbers are taken from a shared counter some at a time, so that no minute has
 * more answered requests than the plan allows, and few requests pay for a write: one in five of a small plan
 * or in a quiet minute, one in a hundred of a busy large one. The same write counts what it takes for the
 * person whose request needs it, and who used what was taken before: nobody gets more than their share of the
 * plan.
 */
export class RateLimiter {
  readonly #windows = new QuickLRU<string, Window>({ maxSize: 1000 });

  /**
   * Throws `rate_limited` when a request of this minute was one too many already: then no later one needs a
   * number.
   */
  refuseUsedUp(caller: Caller, now: Date): void {
    refuse(this.#window(caller.scope, countedAs(caller), now), caller, now);
  }

  /**
   * Gives the request its number and throws `rate_limited` when it is one too many. Only for members: nobody
   * else may use up an allowance.
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
 * What the requests of a caller are counted under: the organization's together, on the platform each
 * person's.
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

/** Takes the next number for a request, of those at hand or of new ones. Throws `rate_limited`. */
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

/** Takes new numbers for a person and settles who used those before: one write. */
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
