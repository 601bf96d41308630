import type { AppError } from '../errors.ts';
import { TeamId, type UserId } from '../ids.ts';
import { entityOf, type Stored } from '../table/entity.ts';
import { consistently, find, findMany } from '../table/reads.ts';
import type { OrganizationScope } from '../table/scope.ts';
import type { Write } from '../table/transaction.ts';
import { check } from '../table/writes.ts';
import type { User } from '../user/profile.schema.ts';
import { TeamItem, TeamMemberItem } from './team.noun.ts';
import { teamRefusals } from './team.refusals.ts';
import { Team, TeamSummary, teamNameKey } from './team.schema.ts';

export type StoredMember = Stored<typeof TeamMemberItem>;

/** A team and its members as the table has them: what its use cases decide on. */
export interface StoredTeam {
  readonly item: Stored<typeof TeamItem>;
  readonly members: StoredMember[];
}

/** Reads a team with all its members as they are now; null when there is none. */
export async function findTeam(scope: OrganizationScope, teamId: TeamId): Promise<StoredTeam | null> {
  const { organizationId } = scope;
  const [item, { data: members }] = await Promise.all([
    find(scope, TeamItem, { teamId }),
    entityOf(TeamMemberItem)
      .query.primary({ organizationId, teamId })
      .go({ ...consistently(scope), pages: 'all' }),
  ]);
  return item === null ? null : { item, members };
}

/** A team with its members, as its use cases want it. Throws `not_found`. */
export async function requireTeam(scope: OrganizationScope, teamId: TeamId): Promise<StoredTeam> {
  const team = await findTeam(scope, teamId);
  if (team === null) throw teamRefusals.team_not_found();
  return team;
}

/** A user's places in teams as the index has them, which may be a moment late: see `currentMemberships`. */
export async function membershipsOf(
  { organizationId, client, table }: OrganizationScope,
  userId: UserId,
): Promise<StoredMember[]> {
  const memberships = entityOf(TeamMemberItem).query.byMember({ organizationId, userId });
  const { data } = await memberships.go({ client, table, pages: 'all' });
  return data;
}

/**
 * A user's places in the teams that their own item names. Where the index hasn't caught up with it, they are
 * read by their keys.
 * @param indexed what `membershipsOf` found
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

/** The condition that a team is there at the moment of a write. */
export const checkTeamExists = (scope: OrganizationScope, teamId: TeamId, refusal: () => AppError): Write =>
  check(scope, TeamItem, { teamId }, { refusal });

/** The read of a team without its members, to be made together with others (`itemsOf`). */
export const teamRead = ({ organizationId }: OrganizationScope, teamId: TeamId) =>
  entityOf(TeamItem).get({ organizationId, teamId });

/** A stored team as lists show it. */
export const showTeamSummary = ({ teamId, ...item }: StoredTeam['item']): TeamSummary =>
  TeamSummary.parse({ ...item, id: teamId });

/** A stored team as the API shows it: the leader first, then by name. */
export function showTeam({ item, members }: StoredTeam): Team {
  const place = ({ role, name, userId }: StoredMember) =>
    `${role === 'leader' ? 0 : 1} ${teamNameKey(name ?? '')} ${userId}`;
  return Team.parse({
    ...showTeamSummary(item),
    members: members.toSorted((a, b) => (place(a) < place(b) ? -1 : 1)),
  });
}

/** The names of those of these teams that there are, by id. Costs one batch of Gets. */
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
