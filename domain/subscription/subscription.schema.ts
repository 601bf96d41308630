import * as z from 'zod/mini';
import { orElse } from '../field-errors.ts';
import { calendarDate, givenDate } from '../time.schema.ts';

/** The plans an organization can be on. Their entitlements come with the catalogue. */
export const plans = ['starter', 'growth', 'enterprise'] as const;
export const Plan = z.enum(plans);
export type Plan = z.infer<typeof Plan>;

/**
 * What an organization can have too much of: a plan allows so many, and the write that adds one more is
 * refused.
 */
export const entitlements = ['seats', 'teams', 'kpis'] as const;
export type Entitlement = (typeof entitlements)[number];

/** All that a plan gives. */
export const allowances = [...entitlements, 'auditRetentionDays', 'requestsPerMinute'] as const;

/**
 * The seed's subscription: it runs from `startDate` to the end of `endDate` (UTC), or without end. Its end
 * shuts everybody out; its start is a record, since the people of an organization set up before their plan
 * begins.
 */
export const Subscription = z.strictObject({
  plan: Plan,
  startDate: calendarDate,
  endDate: z.optional(calendarDate),
});
export type Subscription = z.infer<typeof Subscription>;

/** What a person may send as a subscription: one that ends no earlier than it starts. */
export const SubscriptionInput = z
  .extend(Subscription, { startDate: givenDate, endDate: z.optional(givenDate) })
  .check(
    z.refine(({ startDate, endDate }) => endDate === undefined || endDate >= startDate, {
      path: ['endDate'],
      ...orElse('ends_before_it_starts'),
    }),
  );
