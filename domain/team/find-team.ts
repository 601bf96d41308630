import type { AppError } from '../errors.ts';
import { TeamId, type UserId } from '../ids.ts';
import { entityOf, type Stored } from '../table/entity.ts';
import { find, findAll, findMany } from '../table/reads.ts';
import type { OrganizationScope } from '../table/scope.ts';
import type { Write } from '../table/transaction.ts';
import { check } from '../table/writes.ts';
import type { User } from '../user/profile.schema.ts';
import { TeamItem, TeamMemberItem } from './team.noun.ts';
import { teamRefusals } from './team.refusals.ts';
import { Team, TeamSummary, teamNameKey } from './team.schema.ts';

export type StoredMember = Stored<typeof TeamMemberItem>;

/** A stored team with its members, as its use cases need it. */
export interface StoredTeam {
  readonly item: Stored<typeof TeamItem>;
  readonly members: StoredMember[];
}

/** Reads a team with all its members (strongly consistent); null if there is none. */
export async function findTeam(scope: OrganizationScope, teamId: TeamId): Promise<StoredTeam | null> {
  const [item, members] = await Promise.all([
    find(scope, TeamItem, { teamId }),
    findAll(scope, TeamMemberItem, { teamId }),
  ]);
  return item === null ? null : { item, members };
}

/** Reads a team with its members. Throws `not_found`. */
export async function requireTeam(scope: OrganizationScope, teamId: TeamId): Promise<StoredTeam> {
  const team = await findTeam(scope, teamId);
  if (team === null) throw teamRefusals.team_not_found();
  return team;
}

/** A user's memberships according to the index, which may lag: see `currentMemberships`. */
export async function membershipsOf(
  { organizationId, client, table }: OrganizationScope,
  userId: UserId,
): Promise<StoredMember[]> {
  const memberships = entityOf(TeamMemberItem).query.byMember({ organizationId, userId });
  const { data } = await memberships.go({ client, table, pages: 'all' });
  return data;
}

/**
 * A user's memberships in the teams named on their own item. Those missing in the index are read by key.
 * @param indexed the result of `membershipsOf`
 */
export async function currentMemberships(
  scope: OrganizationScope,
  { userId, teams }: Pick<User, 'userId' | 'teams'>,
  indexed: readonly StoredMember[],
): Promise<StoredMember[]> {
  const named = indexed.filter(({ teamId, role }) => teams[teamId] === role);
  const keys = Object.keys(teams).map((id) => ({ teamId: TeamId.parse(id), userId }));
  return named.length === keys.length ? named : await findMany(scope, TeamMemberItem, keys);
}

/** The condition that a team exists at the time of a write. */
export const checkTeamExists = (scope: OrganizationScope, teamId: TeamId, refusal: () => AppError): Write =>
  check(scope, TeamItem, { teamId }, { refusal });

/** The read of a team without its members, for use with `itemsOf`. */
export const teamRead = ({ organizationId }: OrganizationScope, teamId: TeamId) =>
  entityOf(TeamItem).get({ organizationId, teamId });

/** A stored team, as lists show it. */
export const showTeamSummary = ({ teamId, ...item }: StoredTeam['item']): TeamSummary =>
  TeamSummary.parse({ ...item, id: teamId });

/** A stored team as the API shows it: the lead first, then by name. */
export function showTeam({ item, members }: StoredTeam): Team {
  const place = ({ role, name, userId }: StoredMember) =>
    `${role === 'leader' ? 0 : 1} ${teamNameKey(name ?? '')} ${userId}`;
  return Team.parse({
    ...showTeamSummary(item),
    members: members.toSorted((a, b) => (place(a) < place(b) ? -1 : 1)),
  });
}

/** The names of those of these teams that exist, by id. Costs one BatchGet. */
export async function nameTeams(
  scope: OrganizationScope,
  ids: readonly TeamId[],
): Promise<(readonly [id: string, name: string])[]> {
  const teams = await findMany(
    scope,
    TeamItem,
    ids.map((teamId) => ({ teamId })),
  );
  return teams.map(({ teamId, name }) => [teamId, name] as const);
}
