import * as z from 'zod/mini';
import { orElse } from '../field-errors.ts';
import { calendarDate, givenDate } from '../time.schema.ts';

/** The available plans; see the catalogue for their entitlements. */
export const plans = ['starter', 'growth', 'enterprise'] as const;
export const Plan = z.enum(plans);
export type Plan = z.infer<typeof Plan>;

/** Limited resources: the write that would exceed the plan is refused. */
export const entitlements = ['seats', 'teams', 'kpis'] as const;
export type Entitlement = (typeof entitlements)[number];

/** Everything that a plan includes. */
export const allowances = [...entitlements, 'auditRetentionDays', 'requestsPerMinute'] as const;

/**
 * A subscription, from `startDate` to the end of `endDate` (UTC), or without end. Its end locks everyone
 * out; its start is informational, since organizations are set up before their plan begins.
 */
export const Subscription = z.strictObject({
  plan: Plan,
  startDate: calendarDate,
  endDate: z.optional(calendarDate),
});
export type Subscription = z.infer<typeof Subscription>;

/** The input of a subscription; it must not end before it starts. */
export const SubscriptionInput = z
  .extend(Subscription, { startDate: givenDate, endDate: z.optional(givenDate) })
  .check(
    z.refine(({ startDate, endDate }) => endDate === undefined || endDate >= startDate, {
      path: ['endDate'],
      ...orElse('ends_before_it_starts'),
    }),
  );
