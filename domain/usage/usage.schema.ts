import * as z from 'zod/mini';
import { Role } from '../access/roles.schema.ts';
import { orElse } from '../field-errors.ts';
import { Stage } from '../organization/onboarding.schema.ts';
import { calendarDate, givenDate, timestamp } from '../time.schema.ts';

const count = z.int();

/** Data whose past state isn't stored. */
export const changeable = ['users', 'teams', 'kpis'] as const;

/** One organization's figures for one day (UTC), as of `computedAt`. docs/metrics.md defines each figure. */
export const UsageSnapshot = z.object({
  date: calendarDate,
  /** False while the day lasts: the figures will still change. */
  final: z.boolean(),
  users: count,
  usersByRole: z.partialRecord(Role, count),
  /** Active admins. Missing in definitions before the third. */
  activeAdmins: z.optional(count),
  /** Users active on this day, and in the 7 and 30 days ending with it. */
  activeUsers: z.object({ day: count, week: count, month: count }),
  /** The last active day within these 30 days, if any. */
  lastActiveOn: z.optional(calendarDate),
  pendingInvitations: count,
  teams: count,
  kpis: z.object({ on_track: count, at_risk: count, off_track: count, no_data: count }),
  checkIns: count,
  changes: count,
  /** Health. Missing in definitions before the third. */
  health: z.optional(
    z.object({
      /** Pending invitations older than 7 days. */
      waitingInvitations: count,
      /** Teams without an active lead. */
      leaderlessTeams: count,
      /** Active KPIs without a check-in for 30 days. */
      quietKpis: count,
      /** Active KPIs. Missing in definitions before the fourth. */
      runningKpis: z.optional(count),
      /**
       * The day of the most recent check-in on any KPI, if there is one. Missing in definitions before the
       * fourth.
       */
      lastCheckInOn: z.optional(calendarDate),
    }),
  ),
  /**
   * Users by month of joining: how many, and how many of them were active in the month of this day so far.
   * In final figures only; missing in definitions before the fifth.
   */
  cohorts: z.optional(z.record(z.string(), z.tuple([count, count]))),
  /** The organization's onboarding stage. */
  stage: Stage,
  /**
   * Data that has changed between the day and a late computation: those figures reflect the time of
   * computation. Absent if all figures are exact.
   */
  changedSince: z.optional(z.array(z.enum(changeable))),
  /** Version of the metrics' definitions: the same version over the same data gives the same figures. */
  definition: count,
  computedAt: timestamp,
});
export type UsageSnapshot = z.infer<typeof UsageSnapshot>;

const longestDays = 366;

interface Range {
  readonly from: string;
  readonly to: string;
}

const beginsFirst = ({ from, to }: Range) => from <= to;
const isShort = ({ from, to }: Range) => (Date.parse(to) - Date.parse(from)) / 86_400_000 < longestDays;

/** Whether a range starts no later than it ends, and is at most a year long. */
export const isYearAtMost = (range: Range): boolean => beginsFirst(range) && isShort(range);

/** The same as checks of a query, with separate messages. */
export const rangeChecks = [
  z.refine<Range>(beginsFirst, { path: ['to'], ...orElse('before_from') }),
  z.refine<Range>(isShort, { path: ['to'], ...orElse('over_days', { days: longestDays }) }),
] as const;

export const UsageQuery = z.strictObject({ from: givenDate, to: givenDate }).check(...rangeChecks);
export const UsageList = z.object({ items: z.array(UsageSnapshot) });
