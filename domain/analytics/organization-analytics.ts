import { byNeed, standOf } from '../kpi/due.schema.ts';
import type { Kpi } from '../kpi/kpi.schema.ts';
import { allKpis } from '../kpi/list-kpis.ts';
import { countsOf } from '../organization/counts.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { metricsOf } from '../usage/figures.ts';
import type { OrganizationMetric } from '../usage/metric.schema.ts';
import { snapshotsBetween } from '../usage/take-snapshot.ts';
import { daysBefore } from '../usage/usage-day.ts';
import type { Comparison, GrainAsked, OrganizationAnalytics } from './analytics.schema.ts';
import {
  comparedDays,
  comparedWith,
  type DayValues,
  daysAfter,
  headlineOf,
  type Period,
  recently,
  trendOf,
} from './trend.ts';

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
const drawn: readonly OrganizationMetric[] = [...shown, 'kpisOnTrack', 'kpisAtRisk', 'kpisOffTrack'];

const later = (a: string, b: string) => (a > b ? a : b);

interface Asked {
  readonly by: GrainAsked;
  readonly compare: Comparison;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/**
 * The snapshots of a period, of its comparison, and of the days that headline figures need; days in between
 * aren't read.
 */
async function snapshotsOf(scope: OrganizationScope, period: Period, before: Period, today: string) {
  const recent = { from: daysBefore(today, 2 * comparedDays), to: today };
  const parts = [before, period, recent].sort((a, b) => (a.from < b.from ? -1 : 1));
  const joined: Period[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (last !== undefined && part.from <= daysAfter(last.to, 1))
      joined[joined.length - 1] = { from: last.from, to: later(last.to, part.to) };
    else joined.push(part);
  }
  return (await Promise.all(joined.map(({ from, to }) => snapshotsBetween(scope, from, to)))).flat();
}

const mostNeeding = 5;

/** All KPIs by status, their reporting discipline, and the most urgent ones. */
async function standOfAll(scope: OrganizationScope, now: Date) {
  const all: Kpi[] = [];
  for await (const kpi of allKpis(scope, now)) all.push(kpi);
  const needing = all.filter(({ status }) => status === 'off_track' || status === 'at_risk');
  return { ...standOf(all, now), needing: needing.sort(byNeed(now)).slice(0, mostNeeding) };
}

/**
 * An organization at a glance: figures of the last run (counts are current) compared with 30 days before,
 * current KPIs by status, and trends over a period, by default the 30 days up to today.
 */
export async function organizationAnalytics(
  scope: OrganizationScope,
  { from, to: until, ...asked }: Asked,
  now: Date,
): Promise<OrganizationAnalytics> {
  const today = now.toISOString().slice(0, 10);
  const period = from === undefined || until === undefined ? recently(now) : { from, to: until };
  const [snapshots, counts, stand] = await Promise.all([
    snapshotsOf(scope, period, comparedWith(period, asked.compare), today),
    countsOf(scope),
    standOfAll(scope, now),
  ]);
  const days = snapshots.map((snapshot) => ({ snapshot, figures: metricsOf(snapshot) }));
  const latest = days.findLast(({ snapshot: { date } }) => date <= today && date >= daysBefore(today, 1));
  const exact: Partial<Record<OrganizationMetric, number>> = {
    ...counts,
    kpisOnTrack: stand.kpis.on_track,
    kpisAtRisk: stand.kpis.at_risk,
    kpisOffTrack: stand.kpis.off_track,
    kpisNoData: stand.kpis.no_data,
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
      const isExact = exact[metric] !== undefined;
      const headline = headlineOf(metric, valuesOf(metric), isExact ? today : to);
      return isExact || latest !== undefined ? headline : { ...headline, value: null, change: null };
    }),
    ...stand,
    trends: drawn.map((metric) => trendOf(metric, valuesOf(metric), period, asked)),
  };
}
