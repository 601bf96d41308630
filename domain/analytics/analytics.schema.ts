import * as z from 'zod/mini';
import { orElse } from '../field-errors.ts';
import { OrganizationId } from '../ids.ts';
import { Kpi } from '../kpi/kpi.schema.ts';
import { Stage } from '../organization/onboarding.schema.ts';
import { Plan } from '../subscription/subscription.schema.ts';
import { TeamMember, TeamSummary } from '../team/team.schema.ts';
import { calendarDate, givenDate } from '../time.schema.ts';
import { Attention } from '../usage/attention.schema.ts';
import { Aggregate, OrganizationMetric, PlatformMetric } from '../usage/metric.schema.ts';
import { isYearAtMost, rangeChecks } from '../usage/usage.schema.ts';
import { User } from '../user/profile.schema.ts';

export const Grain = z.enum(['day', 'week', 'month']);
export type Grain = z.infer<typeof Grain>;

/** A day, an ISO 8601 week or a month, as far as it is within the requested period. */
export const TrendPoint = z.object({
  /** `2026-11-24`, `2026-W48` or `2026-11`. */
  label: z.string(),
  from: calendarDate,
  to: calendarDate,
  /** Null if nothing was computed. */
  value: z.nullable(z.number()),
  /** Whether it contains a day that isn't final yet. */
  provisional: z.boolean(),
  /** Whether it sums or averages days of which some are outside the period, missing or not final. */
  partial: z.boolean(),
});
export type TrendPoint = z.infer<typeof TrendPoint>;

/** One metric over a period, with one figure for the whole. */
export const Series = z.object({
  from: calendarDate,
  to: calendarDate,
  value: z.nullable(z.number()),
  points: z.array(TrendPoint),
});
export type Series = z.infer<typeof Series>;

/** The comparison: the preceding period of the same length, or the same weekdays of the previous year. */
export const Comparison = z.enum(['previous', 'year']);
export type Comparison = z.infer<typeof Comparison>;

/**
 * A figure compared with an earlier one: a state on two days, or events of equally many whole days, so that
 * an unfinished day isn't compared with a finished one.
 */
export const Change = z.object({
  from: calendarDate,
  to: calendarDate,
  value: z.number(),
  previousFrom: calendarDate,
  previousTo: calendarDate,
  previous: z.number(),
});
export type Change = z.infer<typeof Change>;

/** One metric over a period and over its comparison. */
export const Trend = z.object({
  metric: PlatformMetric,
  by: Grain,
  /** How several days are combined into one figure. */
  aggregate: Aggregate,
  current: Series,
  /** The period it is compared with. */
  previous: Series,
  /** Null unless all days of both were computed. */
  change: z.nullable(Change),
});
export type Trend = z.infer<typeof Trend>;

/** The figure and day whose organizations are requested. */
export const BreakdownQuery = z.strictObject({ metric: OrganizationMetric, date: givenDate });

/** The organizations behind a platform figure: at most 20, highest figures first. */
export const Breakdown = z.object({
  metric: OrganizationMetric,
  date: calendarDate,
  items: z.array(z.object({ organizationId: OrganizationId, name: z.string(), value: z.number() })),
});
export type Breakdown = z.infer<typeof Breakdown>;

/** The steps of a trend; `auto` chooses the most informative ones per metric. */
const GrainAsked = z.enum([...Grain.options, 'auto']);
export type GrainAsked = z.infer<typeof GrainAsked>;

const shownAs = { by: z._default(GrainAsked, 'day'), compare: z._default(Comparison, 'previous') };

export const TrendQuery = z
  .strictObject({ metric: PlatformMetric, from: givenDate, to: givenDate, ...shownAs })
  .check(...rangeChecks);
export type TrendQuery = z.infer<typeof TrendQuery>;

/**
 * A figure and its earlier value. A state is that of the day `date` and of the day `comparedTo`, 30 days
 * earlier. Events (check-ins, changes) are the sum of the 30 days up to each, and daily active users their
 * mean. Null if any part wasn't computed. `trend` covers the 30 days up to `date`: states per day, and for
 * events the sum of the 7 days up to each.
 */
const headline = <Metric extends z.ZodMiniType>(metric: Metric) =>
  z.object({
    metric,
    value: z.nullable(z.number()),
    previous: z.nullable(z.number()),
    change: z.nullable(Change),
    trend: z.array(z.nullable(z.number())),
  });

/** When the figures were computed. Null before the first run. */
const asOf = { date: z.nullable(calendarDate), computedAt: z.nullable(z.string()) };

/** The whole platform at a glance. */
export const Overview = z.object({
  ...asOf,
  /** The day, or last day, of `previous`. */
  comparedTo: calendarDate,
  figures: z.array(headline(PlatformMetric)),
  plans: z.array(z.object({ plan: Plan, organizations: z.int() })),
  /** How many organizations are at each onboarding stage, and how many have at least reached it. */
  funnel: z.array(z.object({ stage: Stage, at: z.int(), reached: z.int() })),
  /** The organizations that need attention: the most urgent, and the total number. */
  attention: z.object({ items: z.array(Attention), total: z.int() }),
});
export type Overview = z.infer<typeof Overview>;

/** What began in one month, and how much of it was active since. */
export const Cohort = z.object({
  /** `2026-03` */
  month: z.string(),
  /** How many began, whether they are still there or not. */
  size: z.int(),
  /** How many were active in that month and in each one after it. Null where nothing was computed. */
  active: z.array(z.nullable(z.int())),
});
export type Cohort = z.infer<typeof Cohort>;

/** Cohorts of organizations and users by starting month, at most 12 months. */
export const Cohorts = z.object({
  /** The day up to which the last month is counted; null before the first daily run. */
  date: z.nullable(calendarDate),
  /** Oldest first. */
  months: z.array(z.string()),
  organizations: z.array(Cohort),
  users: z.array(Cohort),
});
export type Cohorts = z.infer<typeof Cohorts>;

/** KPIs by status. */
export const KpiCounts = z.object({
  on_track: z.int(),
  at_risk: z.int(),
  off_track: z.int(),
  no_data: z.int(),
});

/** Of the active KPIs, how many have a value from the last 7 days. */
const Reporting = z.object({ running: z.int(), reported: z.int() });

/** The period of an analytics page; by default the 30 days up to today. */
export const AnalyticsQuery = z
  .strictObject({ from: z.optional(givenDate), to: z.optional(givenDate), ...shownAs })
  .check(
    z.refine(({ from, to }) => (from === undefined) === (to === undefined), {
      path: ['from'],
      ...orElse('from_without_to'),
    }),
    z.refine(({ from, to }) => from === undefined || to === undefined || isYearAtMost({ from, to }), {
      path: ['to'],
      ...orElse('before_from_or_over_a_year'),
    }),
  );

/** An organization at a glance, for its admins. */
export const OrganizationAnalytics = z.object({
  ...asOf,
  comparedTo: calendarDate,
  headline: z.array(headline(OrganizationMetric)),
  /** Current KPIs by status. */
  kpis: KpiCounts,
  reporting: Reporting,
  /** KPIs off track or at risk, most urgent first; at most 5. */
  needing: z.array(Kpi),
  trends: z.array(Trend),
});
export type OrganizationAnalytics = z.infer<typeof OrganizationAnalytics>;

/** A reported value with its time. */
const Reported = z.object({ value: z.number(), at: z.string() });

/** A team at a glance, for its leader. */
export const TeamAnalytics = z.object({
  team: TeamSummary,
  members: z.array(TeamMember),
  kpis: KpiCounts,
  reporting: Reporting,
  /** The team's KPIs with their latest values (oldest first), most urgent first. */
  items: z.array(z.object({ kpi: Kpi, values: z.array(Reported) })),
});
export type TeamAnalytics = z.infer<typeof TeamAnalytics>;

/** A user's work: the KPIs assigned to them, and their teams. */
export const Dashboard = z.object({
  user: z.pick(User, { userId: true, name: true, role: true }),
  kpis: KpiCounts,
  reporting: Reporting,
  /** Due ones (without a value from the last 7 days) first, then by status, then by age of the value. */
  items: z.array(z.object({ kpi: Kpi, due: z.boolean() })),
  teams: z.array(z.extend(TeamSummary, { role: z.enum(['leader', 'member']) })),
  /** The latest values of these KPIs, newest first. */
  recent: z.array(z.extend(Reported, { kpiId: z.string(), name: z.string(), unit: z.string() })),
});
export type Dashboard = z.infer<typeof Dashboard>;
