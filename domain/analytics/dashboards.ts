import { TeamId, type UserId } from '../ids.ts';
import { byNeed, isDue, standOf } from '../kpi/due.schema.ts';
import type { Kpi } from '../kpi/kpi.schema.ts';
import { checkInsAfter } from '../kpi/list-check-ins.ts';
import { assignedKpis, kpisOfTeam } from '../kpi/list-kpis.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { requireTeam, showTeam } from '../team/find-team.ts';
import { teamsOfIds } from '../team/list-teams.ts';
import type { User } from '../user/profile.schema.ts';
import { Dashboard, TeamAnalytics } from './work.schema.ts';

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
