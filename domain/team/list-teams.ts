import type { TeamId } from '../ids.ts';
import { entityOf } from '../table/entity.ts';
import { placesOf } from '../table/query.ts';
import { consistently, findMany } from '../table/reads.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { showTeamSummary } from './find-team.ts';
import { TeamItem, TeamNameItem } from './team.noun.ts';
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
