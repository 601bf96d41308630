import * as z from 'zod/mini';
import { Role } from '../access/roles.schema.ts';
import { orElse } from '../field-errors.ts';
import { Stage } from '../organization/onboarding.schema.ts';
import { calendarDate, givenDate, timestamp } from '../time.schema.ts';

const count = z.int();

/** Things whose state of a past day isn't kept. */
export const changeable = ['users', 'teams', 'kpis'] as const;

/**
 * One organization's figures for one day (UTC), as the scheduled function found them at `computedAt`.
 * docs/metrics.md says what each figure is.
 */
export const UsageSnapshot = z.object({
  date: calendarDate,
  /** False while the day lasts: the figures are those of `computedAt` and will change. */
  final: z.boolean(),
  users: count,
  usersByRole: z.partialRecord(Role, count),
  /** Active admins. Missing in figures of definitions before the third. */
  activeAdmins: z.optional(count),
  /** People who used the product on this day, in the 7 and in the 30 days that end with it. */
  activeUsers: z.object({ day: count, week: count, month: count }),
  /** The last day on which anybody used it, if that was in these 30 days. */
  lastActiveOn: z.optional(calendarDate),
  pendingInvitations: count,
  teams: count,
  kpis: z.object({ on_track: count, at_risk: count, off_track: count, no_data: count }),
  checkIns: count,
  changes: count,
  /** What needs attention. Missing in figures of definitions before the third. */
  health: z.optional(
    z.object({
      /** Open invitations that have waited for more than 7 days. */
      waitingInvitations: count,
      /** Teams without an active leader. */
      leaderlessTeams: count,
      /** KPIs that are running and have had no check-in for 30 days. */
      quietKpis: count,
      /** KPIs that are running. Missing in figures of definitions before the fourth. */
      runningKpis: z.optional(count),
      /** The day of the latest value of any KPI, if there is one. Likewise. */
      lastCheckInOn: z.optional(calendarDate),
    }),
  ),
  /**
   * Its users by the month in which they joined: how many, and how many of them have used the product in the
   * month of this day so far. Of final figures only; missing in those of definitions before the fifth.
   */
  cohorts: z.optional(z.record(z.string(), z.tuple([count, count]))),
  /** How far the organization's onboarding has come. */
  stage: Stage,
  /**
   * What had changed between the day and a computation that came more than a day after it: figures of these
   * things are as that computation found them. Missing where all figures are what they would have been.
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

/** Whether a range begins no later than it ends, and is no longer than a year. */
export const isYearAtMost = (range: Range): boolean => beginsFirst(range) && isShort(range);

/** The same as checks of a query, each with a message of its own. */
export const rangeChecks = [
  z.refine<Range>(beginsFirst, { path: ['to'], ...orElse('before_from') }),
  z.refine<Range>(isShort, { path: ['to'], ...orElse('over_days', { days: longestDays }) }),
] as const;

export const UsageQuery = z.strictObject({ from: givenDate, to: givenDate }).check(...rangeChecks);
export const UsageList = z.object({ items: z.array(UsageSnapshot) });
