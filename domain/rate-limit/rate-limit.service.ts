import QuickLRU from 'quick-lru';
import { AppError } from '../errors.ts';
import { PLATFORM, type UserId } from '../ids.ts';
import { catalogue } from '../subscription/catalogue.ts';
import type { Plan } from '../subscription/subscription.schema.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { RateWindowEntity } from './rate-window.entity.ts';

/** What one person of the platform may ask in a minute. */
const platformRequestsPerMinute = 6000;

/** Numbers that an execution environment takes at first: one write for so many requests, so many lost when it goes idle. */
const firstBatch = 5;

/** The numbers of one minute that this environment holds. `limit` is known once a request was judged by it. */
interface Window {
  readonly minute: string;
  /** How many numbers this environment has taken. */
  taken: number;
  next: number;
  last: number;
  limit: number;
}

/** As many as were used so far, so that at most half are ever lost; and at most a second's worth of the plan. */
const batchOf = ({ taken, limit }: Window) => Math.max(firstBatch, Math.min(taken, Math.floor(limit / 60)));

/** Who shares an allowance: all of an organization; of the platform each person, so that nobody uses up another's. */
export interface Caller {
  readonly scope: OrganizationScope;
  readonly userId: UserId;
}

/**
 * Gives each request of a minute its own number, over all execution environments: the number is above the plan's limit or it
 * isn't. Numbers are taken from a shared counter some at a time, so that no minute has more answered requests than the plan
 * allows, and few requests pay for a write: one in five of a small plan or in a quiet minute, one in a hundred of a busy large one.
 */
export class RateLimiter {
  readonly #windows = new QuickLRU<string, Window>({ maxSize: 1000 });

  /** Throws `rate_limited` when a request of this minute was one too many already: then no later one needs a number. */
  refuseUsedUp(caller: Caller, now: Date): void {
    const { next, limit } = this.#window(caller, now);
    if (next > limit) throw limited(limit, now);
  }

  /**
   * Gives the request its number and throws `rate_limited` when it is one too many. Only for members: nobody else may use up an
   * allowance. @param plan undefined for the platform's people
   */
  async admit(caller: Caller, plan: Plan | undefined, now: Date): Promise<void> {
    const window = this.#window(caller, now);
    window.limit = plan === undefined ? platformRequestsPerMinute : catalogue[plan].requestsPerMinute;
    if (window.next > window.last) {
      const count = batchOf(window);
      const numbered = await takeNumbers(caller, count, window.minute, now);
      window.taken += count;
      window.next = numbered - count + 1;
      window.last = numbered;
    }
    window.next += 1;
    if (window.next - 1 > window.limit) throw limited(window.limit, now);
  }

  #window(caller: Caller, now: Date): Window {
    const key = `${caller.scope.organizationId}#${shareOf(caller)}`;
    const minute = now.toISOString().slice(0, 16);
    const known = this.#windows.get(key);
    if (known?.minute === minute) return known;
    const begun = { minute, taken: 0, next: 1, last: 0, limit: Number.POSITIVE_INFINITY };
    this.#windows.set(key, begun);
    return begun;
  }
}

const shareOf = ({ scope, userId }: Caller) => (scope.organizationId === PLATFORM ? userId : 'all');

async function takeNumbers(caller: Caller, count: number, minute: string, now: Date): Promise<number> {
  const { organizationId, client, table } = caller.scope;
  const { data } = await RateWindowEntity.update({ organizationId, of: shareOf(caller), minute })
    .add({ numbered: count })
    .set({ expiresAt: Math.floor(now.getTime() / 1000) + 3600 })
    .go({ client, table, response: 'all_new' });
  return data.numbered ?? count;
}

const limited = (limit: number, now: Date) =>
  new AppError(
    'rate_limited',
    `More than ${limit} requests in this minute are more than the plan allows. Wait for the next minute.`,
    { retryAfterSeconds: 60 - now.getUTCSeconds() },
  );
