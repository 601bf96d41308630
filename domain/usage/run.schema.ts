import * as z from 'zod/mini';
import { orElse } from '../field-errors.ts';
import { OrganizationId } from '../ids.ts';
import { pageLimit } from '../page.schema.ts';
import { calendarDate, givenDate, timestamp } from '../time.schema.ts';

export const UsagePeriod = z.enum(['hour', 'day']);
export type UsagePeriod = z.infer<typeof UsagePeriod>;

/** One run of the usage function over one directory shard. */
export const UsageRun = z.object({
  /** The hour (`yyyy-mm-ddThh`) or day in which it was due. */
  due: z.string(),
  period: UsagePeriod,
  shard: z.int(),
  /** The day whose figures it computes. */
  date: calendarDate,
  /** `running` until all organizations of the shard are done; `failed` if some couldn't be computed. */
  status: z.enum(['running', 'done', 'failed']),
  /** How often it was started or resumed. */
  attempts: z.int(),
  organizations: z.int(),
  /** How many of them have figures that no longer match that day; see `changedSince`. */
  uncertain: z.optional(z.int()),
  failures: z.int(),
  /** The first organizations that failed. */
  failed: z.array(OrganizationId),
  startedAt: timestamp,
  finishedAt: z.optional(timestamp),
});
export type UsageRun = z.infer<typeof UsageRun>;

/** How many days can be closed at once. */
export const mostDays = 31;
/**
 * How many days back a day can be closed: for earlier ones, the active days of the preceding 30 days are
 * gone.
 */
export const daysKnown = 70;

/** Days to close: both or neither, in order, and at most a month. */
const daysToClose = { from: z.optional(givenDate), to: z.optional(givenDate) };
const isShort = ({ from = '', to = '' }: DaysToClose) =>
  from === to || (Date.parse(to) - Date.parse(from)) / 86_400_000 < mostDays;
const rangeChecks = [
  z.refine<DaysToClose>(({ from, to }) => (from === undefined) === (to === undefined), {
    ...{ path: ['from'], abort: true },
    ...orElse('from_without_to'),
  }),
  z.refine<DaysToClose>(({ from = '', to = '' }) => from <= to, { path: ['to'], ...orElse('before_from') }),
  z.refine<DaysToClose>(isShort, {
    path: ['to'],
    ...orElse('over_days', { days: mostDays }),
  }),
] as const;
interface DaysToClose {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** The latest runs, or those that closed a range of days. */
export const UsageRunQuery = z.strictObject({ limit: pageLimit, ...daysToClose }).check(...rangeChecks);
export const UsageRunList = z.object({ items: z.array(UsageRun) });

/**
 * The runs requested by the super admin: for today's figures, to close yesterday, or to close missed days
 * of a range.
 */
export const UsageRunRequest = z
  .strictObject({ period: UsagePeriod, ...daysToClose })
  .check(...rangeChecks)
  .check(
    z.refine(({ period, from }) => period === 'day' || from === undefined, {
      path: ['from'],
      ...orElse('hour_without_days'),
    }),
  );

/** Requested runs, one per shard: those that finish after `requestedAt`. */
export const RequestedUsageRuns = z.object({
  period: UsagePeriod,
  due: z.string(),
  /** The day whose figures they compute; for several days, the last. */
  date: calendarDate,
  /** The first of several days. */
  from: z.optional(calendarDate),
  /** The number of runs; 0 if no day was missed. */
  shards: z.int(),
  requestedAt: timestamp,
});
export type RequestedUsageRuns = z.infer<typeof RequestedUsageRuns>;
