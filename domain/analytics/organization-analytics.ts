import { TeamId, type UserId } from '../ids.ts';
import { byNeed, isDue, standOf } from '../kpi/due.schema.ts';
import type { Kpi } from '../kpi/kpi.schema.ts';
import { checkInsAfter } from '../kpi/list-check-ins.ts';
import { allKpis, assignedKpis, kpisOfTeam } from '../kpi/list-kpis.ts';
import { countsOf } from '../organization/counts.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { requireTeam, showTeam } from '../team/find-team.ts';
import { teamsOfIds } from '../team/list-teams.ts';
import { metricsOf } from '../usage/figures.ts';
import type { OrganizationMetric } from '../usage/metric.schema.ts';
import { snapshotsBetween } from '../usage/take-snapshot.ts';
import { daysBefore } from '../usage/usage-day.ts';
import type { User } from '../user/profile.schema.ts';
import {
  type Comparison,
  Dashboard,
  type GrainAsked,
  type OrganizationAnalytics,
  TeamAnalytics,
} from './analytics.schema.ts';
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

/** How many KPIs' values are loaded, and how many values of each. */
const drawnKpis = 20;
const drawnValues = 12;
const recentValues = 10;

async function sorted(kpis: AsyncGenerator<Kpi>, now: Date): Promise<Kpi[]> {
  const all: Kpi[] = [];
  for await (const kpi of kpis) all.push(kpi);
  return all.sort(byNeed(now));
}

async function valuesOf(scope: OrganizationScope, { id: kpiId }: Kpi) {
  const checkIns = await checkInsAfter(scope, { kpiId, position: undefined, limit: drawnValues });
  return checkIns.map(({ value, at }) => ({ value, at })).reverse();
}

/**
 * A team with its members, its KPIs by status, and its reporting discipline. The 20 most urgent KPIs come
 * with their values over time. Throws `not_found`.
 */
export async function teamAnalytics(
  scope: OrganizationScope,
  teamId: TeamId,
  now: Date,
): Promise<TeamAnalytics> {
  const [team, kpis] = await Promise.all([
    requireTeam(scope, teamId),
    sorted(kpisOfTeam(scope, teamId, now), now),
  ]);
  const items = await Promise.all(
    kpis.map(async (kpi, place) => ({
      kpi,
      values: place < drawnKpis && kpi.latest !== null ? await valuesOf(scope, kpi) : [],
    })),
  );
  const { members, ...summary } = showTeam(team);
  return TeamAnalytics.parse({ team: summary, members, ...standOf(kpis, now), items });
}

/**
 * A user's own work: the KPIs assigned to them, due ones first, and their teams. The user may be a promise,
 * so that their KPIs are read in parallel.
 */
export async function dashboardOf(
  scope: OrganizationScope,
  userId: UserId,
  finding: Promise<User>,
  now: Date,
): Promise<Dashboard> {
  const [user, teams, kpis] = await Promise.all([
    finding,
    finding.then(({ teams }) =>
      teamsOfIds(
        scope,
        Object.keys(teams).map((id) => TeamId.parse(id)),
      ),
    ),
    sorted(assignedKpis(scope, userId, now), now),
  ]);
  const places = new Map(Object.entries(user.teams));
  const recent = kpis
    .flatMap(({ id, name, unit, latest }) => (latest === null ? [] : [{ kpiId: id, name, unit, ...latest }]))
    .sort((a, b) => (a.at < b.at ? 1 : -1))
    .slice(0, recentValues);
  return Dashboard.parse({
    user,
    ...standOf(kpis, now),
    items: kpis.map((kpi) => ({ kpi, due: isDue(kpi, now) })),
    teams: teams.map((team) => ({ ...team, role: places.get(team.id) ?? 'member' })),
    recent,
  });
}
