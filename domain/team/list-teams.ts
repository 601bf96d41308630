import { wordMatcher } from '../folded-text.ts';
import type { TeamId } from '../ids.ts';
import { entityOf } from '../table/entity.ts';
import { placesOf } from '../table/query.ts';
import { consistently, findMany } from '../table/reads.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { showTeamSummary } from './find-team.ts';
import { TeamCountersItem, TeamItem, TeamMemberItem, TeamNameItem } from './team.noun.ts';
import { type TeamSummary, teamNameKey } from './team.schema.ts';

/** The teams with these ids that exist, by name. */
export async function teamsOfIds(scope: OrganizationScope, ids: readonly TeamId[]): Promise<TeamSummary[]> {
  const found = await findMany(
    scope,
    TeamItem,
    ids.map((teamId) => ({ teamId })),
  );
  return found.map(showTeamSummary).sort((a, b) => (teamNameKey(a.name) < teamNameKey(b.name) ? -1 : 1));
}

/** The requested part of a list by name: after `position` (a normalized name), matching `search`. */
interface TeamsWanted {
  readonly position: string | undefined;
  readonly limit: number;
  readonly search?: string | undefined;
}

/** The first matching teams. */
export function pageOfTeams(teams: readonly TeamSummary[], { position, limit, search = '' }: TeamsWanted) {
  const fits = wordMatcher(search);
  return teams
    .filter(({ name }) => (position === undefined || teamNameKey(name) > position) && fits([name]))
    .slice(0, limit);
}

const placeOf = placesOf(entityOf(TeamNameItem)).byAccessPattern.primary.fromComposite.toCursor;

/**
 * The organization's teams by name: `limit` of them unless there are no more. A team renamed meanwhile
 * appears at its new name. A search reads on through the names, which are small and limited by the plan.
 */
export async function teamsAfter(
  scope: OrganizationScope,
  { position, limit, search = '' }: TeamsWanted,
): Promise<TeamSummary[]> {
  const fits = wordMatcher(search);
  const found: TeamSummary[] = [];
  const { organizationId } = scope;
  let cursor = position === undefined ? null : placeOf({ organizationId, name: position });
  do {
    const wanted = limit - found.length;
    const names = await entityOf(TeamNameItem)
      .query.primary({ organizationId })
      .go({ ...consistently(scope), ...(search === '' ? { limit: wanted } : {}), pages: 1, cursor });
    const fitting = names.data.filter(({ name }) => fits([name])).slice(0, wanted);
    const placed = new Map(fitting.map(({ teamId, name }) => [teamId, name]));
    const teams = await teamsOfIds(scope, [...placed.keys()]);
    found.push(...teams.filter(({ id, name }) => placed.get(id) === teamNameKey(name)));
    cursor = names.cursor;
  } while (found.length < limit && cursor !== null);
  return found;
}

/** Teams as lists show them: with their lead and number of KPIs. */
export async function listedTeams(
  scope: OrganizationScope,
  teams: readonly TeamSummary[],
): Promise<TeamSummary[]> {
  const led = teams.flatMap(({ id: teamId, leaderId: userId }) =>
    userId === undefined ? [] : [{ teamId, userId }],
  );
  const [counters, leaders] = await Promise.all([
    findMany(
      scope,
      TeamCountersItem,
      teams.map(({ id: teamId }) => ({ teamId })),
    ),
    findMany(scope, TeamMemberItem, led),
  ]);
  const kpis = new Map(counters.map((counted) => [counted.teamId, counted.kpis]));
  const names = new Map(leaders.map(({ teamId, name }) => [teamId, name]));
  return teams.map((team) => ({ ...team, leaderName: names.get(team.id), kpiCount: kpis.get(team.id) ?? 0 }));
}
