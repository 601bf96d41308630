import { AppError } from '../errors.ts';
import type { TeamId } from '../ids.ts';
import { untilRead } from '../table/batch-read.ts';
import { entityOf } from '../table/entity.ts';
import { placesOf } from '../table/query.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { check, type Write } from '../table/write.ts';
import { TeamItem, TeamMemberItem, TeamNameItem } from './team.noun.ts';
import { Team, TeamSummary, teamNameKey } from './team.schema.ts';

/** The refusal of a team that isn't in the scope's organization. */
const noTeam = (): AppError => new AppError('not_found', 'There is no such team.');

/** A team and its members as the table has them: what its use cases decide on. */
export type StoredTeam = NonNullable<Awaited<ReturnType<typeof findTeam>>>;
export type StoredMember = StoredTeam['members'][number];

const reading = ({ client, table }: OrganizationScope) => ({ client, table, consistent: true });

/** Reads a team with all its members as they are now; null when there is none. */
export async function findTeam(scope: OrganizationScope, teamId: TeamId) {
  const key = { organizationId: scope.organizationId, teamId };
  const [{ data: item }, { data: members }] = await Promise.all([
    entityOf(TeamItem).get(key).go(reading(scope)),
    entityOf(TeamMemberItem)
      .query.primary(key)
      .go({ ...reading(scope), pages: 'all' }),
  ]);
  return item === null ? null : { item, members };
}

/** A team with its members, as its use cases want it. Throws `not_found`. */
export async function requireTeam(scope: OrganizationScope, teamId: TeamId): Promise<StoredTeam> {
  const team = await findTeam(scope, teamId);
  if (team === null) throw noTeam();
  return team;
}

/** The condition that a team is there at the moment of a write. */
export const teamCheck = (scope: OrganizationScope, teamId: TeamId, refusal: () => AppError): Write =>
  check(scope, entityOf(TeamItem).remove({ organizationId: scope.organizationId, teamId }), refusal);

const summary = ({ teamId, ...item }: StoredTeam['item']) => TeamSummary.parse({ ...item, id: teamId });

/** A stored team as the API shows it: the leader first, then by name. */
export function showTeam({ item, members }: StoredTeam): Team {
  const place = ({ role, name, userId }: StoredMember) =>
    `${role === 'leader' ? 0 : 1} ${teamNameKey(name ?? '')} ${userId}`;
  return Team.parse({
    ...summary(item),
    members: members.toSorted((a, b) => (place(a) < place(b) ? -1 : 1)),
  });
}

/** The teams of these ids that there are, by name. */
export async function teamsOfIds(scope: OrganizationScope, ids: readonly TeamId[]): Promise<TeamSummary[]> {
  const found: TeamSummary[] = [];
  const keys = ids.map((teamId) => ({ organizationId: scope.organizationId, teamId }));
  await untilRead(keys, async (left) => {
    const { data, unprocessed } = await entityOf(TeamItem).get(left).go(reading(scope));
    found.push(...data.map(summary));
    return unprocessed;
  });
  return found.sort((a, b) => (teamNameKey(a.name) < teamNameKey(b.name) ? -1 : 1));
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
      .go({ ...reading(scope), limit: wanted, pages: 1, cursor });
    const { data } = names;
    const placed = new Map(data.map(({ teamId, name }) => [teamId, name]));
    const teams = await teamsOfIds(scope, [...placed.keys()]);
    found.push(...teams.filter(({ id, name }) => placed.get(id) === teamNameKey(name)));
    cursor = names.cursor;
  } while (found.length < limit && cursor !== null);
  return found;
}
