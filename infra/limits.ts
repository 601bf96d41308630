import { catalogue } from '../domain/subscription/catalogue.ts';
import { plans } from '../domain/subscription/subscription.schema.ts';
import type { FunctionEntry } from './bundle/bundle-function.ts';
import type { StageSettings } from './stage.ts';

/** A token bucket of `burst` requests, refilled by `perSecond`. */
export interface Throttle {
  readonly perSecond: number;
  readonly burst: number;
}

/** The part of the expected organizations that use all their plan allows in the same second. */
const atOnce = 0.1;
/** Twice what one attacker was tried with: half is left for people. */
const least = 2000;
/** API Gateway's quotas for an account and region, if nobody raised them. */
const quota = { perSecond: 10_000, burst: 5000 };

/**
 * What the API takes of all callers together. It is no customer's limit, which is their plan's, but bounds
 * cost and damage, so it lies far above what the stage's organizations ask.
 */
export function throttleOf({ throttle, expectedOrganizations }: StageSettings): Throttle {
  if (throttle) return throttle;
  const perMinute = plans.reduce(
    (sum, plan) => sum + expectedOrganizations[plan] * catalogue[plan].requestsPerMinute,
    0,
  );
  const wanted = Math.max(least, Math.ceil((perMinute / 60) * atOnce));
  const perSecond = Math.min(wanted, quota.perSecond);
  return { perSecond, burst: Math.min(2 * perSecond, quota.burst) };
}

/** What each route that anyone may call takes, apart from the others. */
export const openRouteThrottle: Throttle = { perSecond: 20, burst: 40 };

/**
 * Requests that the firewall takes from one address in a minute. Without a token: as many as a public route
 * takes at all. In total: twice what the largest plan allows, since a customer's people may share one
 * address.
 */
export const perAddress = {
  withoutToken: openRouteThrottle.perSecond * 60,
  inTotal: 2 * Math.max(...plans.map((plan) => catalogue[plan].requestsPerMinute)),
} as const;

/** Below so many executions of the account nothing is reserved: AWS keeps 100 unreserved. */
const leastConcurrency = 1000;

/**
 * Parts of the account's concurrency. People's requests come first; what is not here works in the background.
 */
const parts: Readonly<Record<string, number>> = {
  'http/organization': 0.35,
  'http/admin': 0.1,
  http: 0.04,
  'origin/origin-authorizer': 0.04,
  clerk: 0.04,
  streams: 0.04,
  // Requests with an API key wait for the one, and all organizations' messages for the other.
  machines: 0.04,
};
const background = 0.005;

/**
 * How many executions of a function are kept for it, and the most that it gets: schedules can't starve the
 * API, nor the API what follows the table's stream. Undefined in a small account, where nothing is reserved.
 * Source: AWS Lambda Developer Guide, "Configuring reserved concurrency".
 */
export function reservedConcurrency(
  { accountConcurrency }: StageSettings,
  entry: FunctionEntry,
): number | undefined {
  if (accountConcurrency < leastConcurrency) return undefined;
  const part = parts[entry] ?? parts[entry.slice(0, entry.indexOf('/'))] ?? background;
  return Math.floor(part * accountConcurrency);
}
