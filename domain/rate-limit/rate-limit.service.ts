import QuickLRU from 'quick-lru';
import { AppError } from '../errors.ts';
import { PLATFORM, type UserId } from '../ids.ts';
import { catalogue } from '../subscription/catalogue.ts';
import type { Plan } from '../subscription/subscription.schema.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { RateWindowEntity } from './rate-window.entity.ts';

/** What one person of the platform may ask in a minute. */
const platformRequestsPerMinute = 6000;

/** Numbers that an execution environment takes at once: one write for so many requests, so many lost when it goes idle. */
const batch = 5;

/** The numbers of one minute that this environment holds. `limit` is known once a request was judged by it. */
interface Window {
  readonly minute: string;
  next: number;
  last: number;
  limit: number;
}

/** Who shares an allowance: all of an organization; of the platform each person, so that nobody uses up another's. */
export interface Caller {
  readonly scope: OrganizationScope;
  readonly userId: UserId;
}

/**
 * Gives each request of a minute its own number, over all execution environments: the number is above the plan's limit or it
 * isn't. Numbers are taken from a shared counter a few at a time, so that no minute has more answered requests than the plan
 * allows, and a request in five pays for a write.
 */
export class RateLimiter {
  readonly #windows = new QuickLRU<string, Window>({ maxSize: 1000 });

  /** Throws `rate_limited` when a request of this minute was one too many already: then no later one needs a number. */
  refuseUsedUp(caller: Caller, now: Date): void {
    const { next, limit } = this.#window(caller, now);
    if (next > limit) throw limited(limit, now);
  }

  /** The number of this request in its minute, from 1. */
  async number(caller: Caller, now: Date): Promise<number> {
    const window = this.#window(caller, now);
    if (window.next > window.last) {
      const numbered = await takeNumbers(caller, window.minute, now);
      window.next = numbered - batch + 1;
      window.last = numbered;
    }
    window.next += 1;
    return window.next - 1;
  }

  /** Throws `rate_limited` when the request is one too many. @param plan undefined for the platform's people */
  admit(caller: Caller, number: number, plan: Plan | undefined, now: Date): void {
    const limit = plan === undefined ? platformRequestsPerMinute : catalogue[plan].requestsPerMinute;
    this.#window(caller, now).limit = limit;
    if (number > limit) throw limited(limit, now);
  }

  #window(caller: Caller, now: Date): Window {
    const key = `${caller.scope.organizationId}#${shareOf(caller)}`;
    const minute = now.toISOString().slice(0, 16);
    const known = this.#windows.get(key);
    if (known?.minute === minute) return known;
    const begun = { minute, next: 1, last: 0, limit: Number.POSITIVE_INFINITY };
    this.#windows.set(key, begun);
    return begun;
  }
}

const shareOf = ({ scope, userId }: Caller) => (scope.organizationId === PLATFORM ? userId : 'all');

async function takeNumbers(caller: Caller, minute: string, now: Date): Promise<number> {
  const { organizationId, client, table } = caller.scope;
  const { data } = await RateWindowEntity.update({ organizationId, of: shareOf(caller), minute })
    .add({ numbered: batch })
    .set({ expiresAt: Math.floor(now.getTime() / 1000) + 3600 })
    .go({ client, table, response: 'all_new' });
  return data.numbered ?? batch;
}

const limited = (limit: number, now: Date) =>
  new AppError(
    'rate_limited',
    `More than ${limit} requests in this minute are more than the plan allows. Wait for the next minute.`,
    { retryAfterSeconds: 60 - now.getUTCSeconds() },
  );
