import type { RateLimiter } from '../../../domain/rate-limit/rate-limit.service.ts';
import type { OrganizationScope } from '../../../domain/table/scope.ts';
import { exchangeOf } from '../exchange.ts';
import type { Identity } from '../identity.ts';
import type { HttpMiddleware } from './find-route.ts';

/** In which organization's allowance a caller's requests are counted; undefined when nobody's. */
export type ShareOf = (identity: Identity) => OrganizationScope | undefined;

/**
 * Takes the request's number in the minute, while the next step reads who calls: whoever knows the
 * plan then holds it against that. A
 * minute that is known to be used up is refused here, before anything is read.
 */
export const countRequest = (limiter: RateLimiter, shareOf: ShareOf): HttpMiddleware => ({
  before: ({ event }) => {
    const exchange = exchangeOf(event);
    const { identity, now } = exchange;
    const scope = identity && shareOf(identity);
    if (identity === undefined || scope === undefined) return;
    const caller = { scope, userId: identity.userId };
    limiter.refuseUsedUp(caller, now);
    const number = limiter.number(caller, now);
    // Whoever awaits it sees the failure; nobody does when the membership is refused first.
    number.catch(() => undefined);
    exchange.admit = async (plan) => limiter.admit(caller, await number, plan, now);
  },
});
