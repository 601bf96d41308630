import { findRows, showRow } from '../organization/directory-row.ts';
import { stages } from '../organization/onboarding.schema.ts';
import { plans } from '../subscription/subscription.schema.ts';
import { type ControlPlane, type OrganizationScope, platformScope } from '../table/scope.ts';
import type { OrganizationMetric, PlatformMetric } from '../usage/metric.schema.ts';
import {
  type CohortMonth,
  cohortMonths,
  leadersOf,
  organizationsToLookAt,
  type PlatformDay,
  platformDays,
} from '../usage/rollups.ts';
import { daysBefore } from '../usage/usage-day.ts';
import type { Breakdown, Cohort, Cohorts, Overview, Trend, TrendQuery } from './analytics.schema.ts';
import { comparedDays, comparedWith, type DayValues, headlineOf, trendOf } from './trend.ts';

const shownMonths = 12;

/** The month a number of months before another; both `yyyy-mm`. */
function monthsBefore(month: string, months: number): string {
  const first = new Date(`${month}-01T00:00:00.000Z`);
  first.setUTCMonth(first.getUTCMonth() - months);
  return first.toISOString().slice(0, 7);
}

/**
 * The cohorts of one kind. `at` says which of a month's counts are its total and its active ones. A
 * cohort's size is that of its first known month, so that it includes users who have left since.
 */
function cohortsAt(
  months: readonly string[],
  known: readonly CohortMonth[],
  at: readonly [0, 1] | readonly [2, 3],
): Cohort[] {
  const of = new Map(known.map(({ month, cohorts }) => [month, cohorts]));
  return months.flatMap((month, start) => {
    const later = months.slice(start);
    const size = later.flatMap((each) => of.get(each)?.[month]?.[at[0]] || [])[0] ?? 0;
    if (size === 0) return [];
    const active = later.map((each) => {
      const counts = of.get(each);
      return counts === undefined ? null : (counts[month]?.[at[1]] ?? 0);
    });
    return [{ month, size, active }];
  });
}

/**
 * How many of the organizations and users that started in a month were active in it and in each month
 * since. One query over at most 12 months and four shards, regardless of the number of organizations.
 */
export async function platformCohorts(platform: OrganizationScope, now: Date): Promise<Cohorts> {
  const present = now.toISOString().slice(0, 7);
  const known = await cohortMonths(platform, monthsBefore(present, shownMonths - 1), present);
  const last = known.at(-1);
  if (last === undefined) return { date: null, months: [], organizations: [], users: [] };
  const first = known[0]?.month ?? last.month;
  const months: string[] = [];
  for (let back = 0; monthsBefore(last.month, back) >= first; back += 1)
    months.unshift(monthsBefore(last.month, back));
  return {
    date: last.date,
    months,
    organizations: cohortsAt(months, known, [0, 1]),
    users: cohortsAt(months, known, [2, 3]),
  };
}

/** The figures at the top of the overview. */
const shown: readonly PlatformMetric[] = [
  'organizations',
  'organizationsServed',
  'organizationsSuspended',
  'organizationsExpired',
  'organizationsActive7',
  'users',
  'activeUsers1',
  'activeUsers7',
  'activeUsers30',
  'pendingInvitations',
  'teams',
  'kpis',
  'checkIns',
  'changes',
];

const valuesOf = (days: readonly PlatformDay[], metric: PlatformMetric): DayValues =>
  new Map(days.map(({ date, final, figures }) => [date, { value: figures[metric] ?? 0, final }]));

/**
 * A platform metric over a period: one query for it and one for its comparison, regardless of the number of
 * organizations.
 */
export async function platformTrend(
  platform: OrganizationScope,
  { metric, from, to, ...asked }: TrendQuery,
): Promise<Trend> {
  const period = { from, to };
  const before = comparedWith(period, asked.compare);
  const parts = await Promise.all([
    platformDays(platform, before.from, before.to),
    platformDays(platform, period.from, period.to),
  ]);
  return trendOf(metric, valuesOf(parts.flat(), metric), period, asked);
}

/**
 * The organizations with the highest figures of a day, with their current names. Deleted ones are omitted.
 */
export async function organizationsBehind(
  plane: ControlPlane,
  metric: OrganizationMetric,
  date: string,
): Promise<Breakdown> {
  const leaders = await leadersOf(platformScope(plane), metric, date);
  const rows = await findRows(
    plane,
    leaders.map(({ organizationId }) => organizationId),
  );
  const items = leaders.flatMap(({ organizationId, value }) => {
    const row = rows.get(organizationId);
    return row === undefined ? [] : [{ organizationId, name: showRow(row).name, value }];
  });
  return { metric, date, items };
}

const figure = (day: PlatformDay | undefined, metric: PlatformMetric): number => day?.figures[metric] ?? 0;

/**
 * The platform as of the last hourly run, compared with 30 days before. Only reads sums, no organization's
 * items.
 */
export async function platformOverview(platform: OrganizationScope, now: Date): Promise<Overview> {
  const today = now.toISOString().slice(0, 10);
  const [recent, attention] = await Promise.all([
    platformDays(platform, daysBefore(today, 2 * comparedDays), today),
    organizationsToLookAt(platform),
  ]);
  const oldest = daysBefore(today, 1);
  const latest = recent.findLast(({ date }) => date >= oldest);
  const at = stages.map((stage) => figure(latest, `stage.${stage}`));
  return {
    date: latest?.date ?? null,
    computedAt: latest?.computedAt ?? null,
    comparedTo: daysBefore(latest?.date ?? today, comparedDays),
    figures: shown.map((metric) =>
      latest === undefined
        ? { metric, value: null, previous: null, change: null, trend: [] }
        : headlineOf(metric, valuesOf(recent, metric), latest.date),
    ),
    plans: plans.map((plan) => ({ plan, organizations: figure(latest, `plan.${plan}`) })),
    funnel: stages.map((stage, index) => ({
      stage,
      at: at[index] ?? 0,
      reached: at.slice(index).reduce((sum, count) => sum + count, 0),
    })),
    attention,
  };
}
