import QuickLRU from 'quick-lru';
import { AppError } from '../../../domain/errors.ts';
import type { RateLimiter } from '../../../domain/rate-limit/rate-limit.service.ts';
import type { OrganizationScope } from '../../../domain/table/scope.ts';
import { exchangeOf } from '../exchange.ts';
import type { Identity } from '../identity.ts';
import type { HttpMiddleware } from './find-route.ts';

/** In which organization's allowance a caller's requests are counted; undefined when nobody's. */
export type ShareOf = (identity: Identity) => OrganizationScope | undefined;

/**
 * What one person may ask of an execution environment in a minute without a number: as a stranger, or trying
 * safety acts.
 */
const unnumberedPerMinute = 60;

/** Counts requests by person in memory: they use up nobody's allowance and no write. */
function unnumbered() {
  const counts = new QuickLRU<string, number>({ maxSize: 5000 });
  const keyOf = ({ userId }: Identity, now: Date) => `${userId} ${now.toISOString().slice(0, 16)}`;
  return {
    isUsedUp: (identity: Identity, now: Date): boolean =>
      (counts.get(keyOf(identity, now)) ?? 0) >= unnumberedPerMinute,
    count(identity: Identity, now: Date): void {
      const key = keyOf(identity, now);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    },
  };
}

const tooManyOfAStranger = (now: Date) =>
  new AppError('rate_limited', 'Too many requests without a membership. Wait for the next minute.', {
    retryAfterSeconds: 60 - now.getUTCSeconds(),
  });

/**
 * Refuses a minute that is known to be used up before anything is read, and offers `admit`: whoever has read
 * the membership holds the request against its plan. Whoever is not admitted counts as a stranger. An admin's
 * safety acts have a reserve.
 */
export const countRequest = (limiter: RateLimiter, shareOf: ShareOf): HttpMiddleware => {
  const strangers = unnumbered();
  const safetyTries = unnumbered();
  const settle: HttpMiddleware['after'] = ({ event }) => {
    const { identity, admitted, now } = exchangeOf(event);
    if (identity !== undefined && admitted !== true) strangers.count(identity, now);
  };
  return {
    before: ({ event }) => {
      const exchange = exchangeOf(event);
      const { identity, now } = exchange;
      if (identity === undefined) return;
      if (strangers.isUsedUp(identity, now)) throw tooManyOfAStranger(now);
      const scope = shareOf(identity);
      if (scope === undefined) return;
      const caller = { scope, userId: identity.userId };
      const isSafetyAct = exchange.route?.isSafetyAct === true;
      // Whether somebody has the reserve depends on their role, which is read for so many tries.
      if (!isSafetyAct || safetyTries.isUsedUp(identity, now)) limiter.refuseUsedUp(caller, now);
      if (isSafetyAct) safetyTries.count(identity, now);
      exchange.admit = async (plan, role) => {
        exchange.admitted = true;
        await limiter.admit(caller, { plan, isReserved: isSafetyAct && role === 'org_admin' }, now);
      };
    },
    after: settle,
    onError: settle,
  };
};
