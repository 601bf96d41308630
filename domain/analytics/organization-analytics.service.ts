import { countByStatus } from '../kpi/kpi-count.service.ts';
import { countsOf } from '../organization/counters.service.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { daysBefore } from '../usage/day.ts';
import { metricsOf } from '../usage/figures.ts';
import type { OrganizationMetric } from '../usage/metric.schema.ts';
import type { UsageSnapshot } from '../usage/usage.schema.ts';
import { snapshotsBetween } from '../usage/usage.service.ts';
import type { Grain, OrganizationAnalytics } from './analytics.schema.ts';
import { type Period, previousOf } from './period.ts';
import { trendOf } from './trend.ts';

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

const comparedDays = 30;

interface Day {
  readonly snapshot: UsageSnapshot;
  readonly figures: Readonly<Record<OrganizationMetric, number>>;
}

const valuesOf = (days: readonly Day[], metric: OrganizationMetric) =>
  new Map(
    days.map(({ snapshot, figures }) => [snapshot.date, { value: figures[metric], final: snapshot.final }]),
  );

const earlier = (a: string, b: string) => (a < b ? a : b);
const later = (a: string, b: string) => (a > b ? a : b);

/**
 * An organization at a glance: its figures as the last run found them (what is counted exactly, as it is now) against 30 days
 * earlier, its KPIs by status now, and trends over a period.
 */
export async function organizationAnalytics(
  scope: OrganizationScope,
  period: Period,
  by: Grain,
  now: Date,
): Promise<OrganizationAnalytics> {
  const today = now.toISOString().slice(0, 10);
  const first = earlier(previousOf(period).from, daysBefore(today, comparedDays + 1));
  const [snapshots, counts, kpis] = await Promise.all([
    snapshotsBetween(scope, first, later(period.to, today)),
    countsOf(scope),
    countByStatus(scope, now),
  ]);
  const days = snapshots.map((snapshot) => ({ snapshot, figures: metricsOf(snapshot) }));
  const latest = days.findLast(({ snapshot: { date } }) => date <= today && date >= daysBefore(today, 1));
  const comparedTo = daysBefore(latest?.snapshot.date ?? today, comparedDays);
  const compared = days.find(({ snapshot }) => snapshot.date === comparedTo);
  const exact: Partial<Record<OrganizationMetric, number>> = counts;
  return {
    date: latest?.snapshot.date ?? null,
    computedAt: latest?.snapshot.computedAt ?? null,
    comparedTo,
    headline: shown.map((metric) => ({
      metric,
      value: exact[metric] ?? latest?.figures[metric] ?? null,
      previous: compared?.figures[metric] ?? null,
    })),
    kpis,
    trends: drawn.map((metric) => trendOf(metric, valuesOf(days, metric), period, by)),
  };
}
