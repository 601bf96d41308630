import QuickLRU from 'quick-lru';
import { AppError } from '../../../domain/errors.ts';
import type { RateLimiter } from '../../../domain/rate-limit/rate-limit.service.ts';
import type { OrganizationScope } from '../../../domain/table/scope.ts';
import { exchangeOf } from '../exchange.ts';
import type { Identity } from '../identity.ts';
import type { HttpMiddleware } from './find-route.ts';

/** In which organization's allowance a caller's requests are counted; undefined when nobody's. */
export type ShareOf = (identity: Identity) => OrganizationScope | undefined;

/** What somebody whom no organization admits may ask of an execution environment in a minute. */
const strangersPerMinute = 60;

/** Counts the requests of those who were not admitted, each alone and in memory: they use up nobody's allowance and no write. */
function strangers() {
  const counts = new QuickLRU<string, number>({ maxSize: 5000 });
  const keyOf = ({ userId }: Identity, now: Date) => `${userId} ${now.toISOString().slice(0, 16)}`;
  return {
    refuse(identity: Identity, now: Date): void {
      if ((counts.get(keyOf(identity, now)) ?? 0) < strangersPerMinute) return;
      throw new AppError(
        'rate_limited',
        'Too many requests without a membership. Wait for the next minute.',
        {
          retryAfterSeconds: 60 - now.getUTCSeconds(),
        },
      );
    },
    count(identity: Identity, now: Date): void {
      const key = keyOf(identity, now);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    },
  };
}

/**
 * Refuses a minute that is known to be used up before anything is read, and offers `admit`: whoever has read the membership holds
 * the request against its plan. Whoever is not admitted counts as a stranger.
 */
export const countRequest = (limiter: RateLimiter, shareOf: ShareOf): HttpMiddleware => {
  const outside = strangers();
  const settle: HttpMiddleware['after'] = ({ event }) => {
    const { identity, admitted, now } = exchangeOf(event);
    if (identity !== undefined && admitted !== true) outside.count(identity, now);
  };
  return {
    before: ({ event }) => {
      const exchange = exchangeOf(event);
      const { identity, now } = exchange;
      if (identity === undefined) return;
      outside.refuse(identity, now);
      const scope = shareOf(identity);
      if (scope === undefined) return;
      const caller = { scope, userId: identity.userId };
      limiter.refuseUsedUp(caller, now);
      exchange.admit = async (plan) => {
        exchange.admitted = true;
        await limiter.admit(caller, plan, now);
      };
    },
    after: settle,
    onError: settle,
  };
};
