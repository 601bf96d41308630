import QuickLRU from 'quick-lru';
import type { Role } from '../../../domain/access/roles.schema.ts';
import type { RateLimiter } from '../../../domain/rate-limit/rate-limiter.ts';
import type { Plan } from '../../../domain/subscription/subscription.schema.ts';
import type { OrganizationScope } from '../../../domain/table/scope.ts';
import { httpRefusals } from '../http.refusals.ts';
import type { Identity } from '../identity.ts';
import type { ApiRequest } from '../request.ts';
import type { Route } from '../route.ts';

/**
 * Holds the request's number in its minute against the caller's plan, once their membership is read. Throws
 * `rate_limited`.
 */
export type Admit = (plan: Plan | undefined, role: Role) => Promise<void>;

/** The user to count a request for, and the organization whose allowance it uses; undefined if none. */
interface Counted {
  readonly identity: Identity;
  readonly home: OrganizationScope | undefined;
  readonly isSafetyAct: Route['isSafetyAct'];
}

/**
 * The number of requests per user, minute and execution environment that need no counter: from strangers,
 * or attempts at safety acts.
 */
const unnumberedPerMinute = 60;

/** Counts requests per user in memory, without using up a shared limit or a write. */
function unnumbered() {
  const counts = new QuickLRU<string, number>({ maxSize: 5000 });
  const keyOf = ({ userId, apiKeyId, sessionId }: Identity, now: Date) =>
    // Nothing has verified an API key yet, and its id isn't secret: wrong keys must not count against the
    // right one.
    `${apiKeyId === undefined ? userId : sessionId} ${Math.floor(now.getTime() / 60_000)}`;
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
  httpRefusals.too_many_without_membership({}, { retryAfterSeconds: 60 - now.getUTCSeconds() });

/**
 * Refuses requests of a minute that is known to be used up before reading anything. Returns `admit`, which
 * counts the request against the plan once the membership is known. Callers that aren't admitted count as
 * strangers. Admins have a reserve for safety acts.
 */
export function requestCounter(limiter: RateLimiter) {
  const strangers = unnumbered();
  const safetyTries = unnumbered();
  return ({ now, settlements }: Pick<ApiRequest, 'now' | 'settlements'>, counted: Counted): Admit => {
    const { identity, home } = counted;
    // The reserve is for people: a program that uses up the limit must not keep an admin from revoking its
    // key.
    const isSafetyAct = counted.isSafetyAct === true && identity.apiKeyId === undefined;
    let isAdmitted = false;
    settlements.push(() => {
      if (!isAdmitted) strangers.count(identity, now);
    });
    if (strangers.isUsedUp(identity, now)) throw tooManyOfAStranger(now);
    if (home === undefined) return async () => undefined;
    const caller = { scope: home, userId: identity.userId };
    // Whether a caller has the reserve depends on their role, which is looked up for a limited number of
    // tries.
    if (!isSafetyAct || safetyTries.isUsedUp(identity, now)) limiter.refuseUsedUp(caller, now);
    if (isSafetyAct) safetyTries.count(identity, now);
    return async (plan, role) => {
      isAdmitted = true;
      await limiter.admit(caller, { plan, isReserved: isSafetyAct && role === 'org_admin' }, now);
    };
  };
}
