import { countByStatus } from '../kpi/list-kpis.ts';
import { countsOf } from '../organization/counts.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { metricsOf } from '../usage/figures.ts';
import type { OrganizationMetric } from '../usage/metric.schema.ts';
import { snapshotsBetween } from '../usage/take-snapshot.ts';
import { daysBefore } from '../usage/usage-day.ts';
import type { Grain, OrganizationAnalytics } from './analytics.schema.ts';
import { comparedDays, type DayValues, headlineOf, type Period, previousOf, trendOf } from './trend.ts';

const shown: readonly OrganizationMetric[] = [
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
const drawn: readonly OrganizationMetric[] = ['users', 'activeUsers1', 'checkIns', 'kpisOnTrack'];

const earlier = (a: string, b: string) => (a < b ? a : b);
const later = (a: string, b: string) => (a > b ? a : b);

/**
 * An organization at a glance: its figures of the last run (exact counts as of now) against the 30 days
 * before, its KPIs by status now, and trends over a period.
 */
export async function organizationAnalytics(
  scope: OrganizationScope,
  period: Period,
  by: Grain,
  now: Date,
): Promise<OrganizationAnalytics> {
  const today = now.toISOString().slice(0, 10);
  const first = earlier(previousOf(period).from, daysBefore(today, 2 * comparedDays));
  const [snapshots, counts, kpis] = await Promise.all([
    snapshotsBetween(scope, first, later(period.to, today)),
    countsOf(scope),
    countByStatus(scope, now),
  ]);
  const days = snapshots.map((snapshot) => ({ snapshot, figures: metricsOf(snapshot) }));
  const latest = days.findLast(({ snapshot: { date } }) => date <= today && date >= daysBefore(today, 1));
  const exact: Partial<Record<OrganizationMetric, number>> = {
    ...counts,
    kpisOnTrack: kpis.on_track,
    kpisAtRisk: kpis.at_risk,
    kpisOffTrack: kpis.off_track,
    kpisNoData: kpis.no_data,
  };
  const valuesOf = (metric: OrganizationMetric): DayValues => {
    const now = exact[metric];
    return new Map([
      ...days.map(
        ({ snapshot: { date, final }, figures }) => [date, { value: figures[metric], final }] as const,
      ),
      ...(now === undefined ? [] : [[today, { value: now, final: false }] as const]),
    ]);
  };
  const to = latest?.snapshot.date ?? today;
  return {
    date: latest?.snapshot.date ?? null,
    computedAt: latest?.snapshot.computedAt ?? null,
    comparedTo: daysBefore(to, comparedDays),
    headline: shown.map((metric) => {
      const headline = headlineOf(metric, valuesOf(metric), to);
      return { ...headline, value: exact[metric] ?? (latest === undefined ? null : headline.value) };
    }),
    kpis,
    trends: drawn.map((metric) => trendOf(metric, valuesOf(metric), period, by)),
  };
}
