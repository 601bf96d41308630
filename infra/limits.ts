import { catalogue } from '../domain/subscription/catalogue.ts';
import { plans } from '../domain/subscription/subscription.schema.ts';
import { directoryShards } from '../domain/table/layout.ts';
import type { FunctionEntry } from './bundle/bundle-function.ts';
import type { StageSettings } from './stage.ts';

/** A token bucket of `burst` requests, refilled by `perSecond`. */
export interface Throttle {
  readonly perSecond: number;
  readonly burst: number;
}

/** The fraction of the expected organizations that use their plan's limit in the same second. */
const atOnce = 0.1;
/** Twice the rate of the attack in our tests, so that half is left for users. */
const least = 2000;
/** API Gateway's default quotas per account and region. */
const quota = { perSecond: 10_000, burst: 5000 };

/**
 * The API's throttle for all callers together. It isn't a customer's limit, which comes from their plan,
 * but bounds cost and damage, so it is far above what the stage's organizations need.
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

/** The throttle of each public route, separate from the others. */
export const openRouteThrottle: Throttle = { perSecond: 20, burst: 40 };

/**
 * Requests per minute that the firewall accepts from one address. Without a token: as many as a public
 * route accepts. In total: twice the largest plan's limit, since a customer's users may share an address.
 */
export const perAddress = {
  withoutToken: openRouteThrottle.perSecond * 60,
  inTotal: 2 * Math.max(...plans.map((plan) => catalogue[plan].requestsPerMinute)),
} as const;

/** Below this account concurrency nothing is reserved: AWS keeps 100 unreserved. */
const leastConcurrency = 1000;

/** Fractions of the account's concurrency. User-facing functions come first; others run in the background. */
const parts: Readonly<Record<string, number>> = {
  'http/organization': 0.35,
  'http/admin': 0.1,
  http: 0.04,
  'origin/origin-authorizer': 0.04,
  clerk: 0.04,
  streams: 0.04,
  // Requests with an API key wait for the former, all organizations' messages for the latter.
  machines: 0.04,
};
const background = 0.004;

/**
 * The reserved concurrency of a function, which is also its maximum: schedules can't starve the API, nor
 * the API the stream's consumers. Undefined in a small account, where nothing is reserved. Source: AWS
 * Lambda Developer Guide, "Configuring reserved concurrency".
 */
export function reservedConcurrency(
  { accountConcurrency }: StageSettings,
  entry: FunctionEntry,
): number | undefined {
  if (accountConcurrency < leastConcurrency) return undefined;
  // A scheduled function may run for all shards at once.
  const part = parts[entry] ?? parts[entry.slice(0, entry.indexOf('/'))] ?? background;
  return Math.max(Math.floor(part * accountConcurrency), directoryShards);
}
