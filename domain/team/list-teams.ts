import type { TeamId } from '../ids.ts';
import { entityOf } from '../table/entity.ts';
import { placesOf } from '../table/query.ts';
import { consistently, findMany } from '../table/reads.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { showTeamSummary } from './find-team.ts';
import { TeamCountersItem, TeamItem, TeamMemberItem, TeamNameItem } from './team.noun.ts';
import { type TeamSummary, teamNameKey } from './team.schema.ts';

/** The teams of these ids that there are, by name. */
export async function teamsOfIds(scope: OrganizationScope, ids: readonly TeamId[]): Promise<TeamSummary[]> {
  const found = await findMany(
    scope,
    TeamItem,
    ids.map((teamId) => ({ teamId })),
  );
  return found.map(showTeamSummary).sort((a, b) => (teamNameKey(a.name) < teamNameKey(b.name) ? -1 : 1));
}

/** The first `limit` teams of a list by name, after `position` (a name as it is compared). */
export const pageOfTeams = (teams: readonly TeamSummary[], position: string | undefined, limit: number) =>
  teams.filter(({ name }) => position === undefined || teamNameKey(name) > position).slice(0, limit);

const placeOf = placesOf(entityOf(TeamNameItem)).byAccessPattern.primary.fromComposite.toCursor;

/**
 * The organization's teams by name, after `position` (a name as it is compared): `limit` of them unless there
 * are no more. A team that gets another name meanwhile is where its new name is.
 */
export async function teamsAfter(
  scope: OrganizationScope,
  position: string | undefined,
  limit: number,
): Promise<TeamSummary[]> {
  const found: TeamSummary[] = [];
  const { organizationId } = scope;
  let cursor = position === undefined ? null : placeOf({ organizationId, name: position });
  do {
    const wanted = limit - found.length;
    const names = await entityOf(TeamNameItem)
      .query.primary({ organizationId })
      .go({ ...consistently(scope), limit: wanted, pages: 1, cursor });
    const placed = new Map(names.data.map(({ teamId, name }) => [teamId, name]));
    const teams = await teamsOfIds(scope, [...placed.keys()]);
    found.push(...teams.filter(({ id, name }) => placed.get(id) === teamNameKey(name)));
    cursor = names.cursor;
  } while (found.length < limit && cursor !== null);
  return found;
}

/** Teams as a list shows them: with who leads each, and how many KPIs it has. */
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
