import type { Actor } from '../actor.ts';
import { AppError } from '../errors.ts';
import { TeamId, type UserId } from '../ids.ts';
import { untilRead } from '../table/batch-read.ts';
import { alongWith } from '../table/change-stamp.ts';
import { entityOf } from '../table/entity.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { transact, update, type Write } from '../table/write.ts';
import type { User } from '../user/profile.schema.ts';
import { noTeamRoleWrite } from '../user/team-role.service.ts';
import { TeamItem, TeamMemberItem } from './team.noun.ts';
import type { StoredMember } from './team.service.ts';
import { memberRoleWrite, removeMemberWrites } from './team-write.ts';

/** The memberships of a person as the index has them: complete but for what changed a moment ago, see `leaveTeams`. */
export async function membershipsOf(
  { organizationId, client, table }: OrganizationScope,
  userId: UserId,
): Promise<StoredMember[]> {
  const memberships = entityOf(TeamMemberItem).query.byMember({ organizationId, userId });
  const { data } = await memberships.go({ client, table, pages: 'all' });
  return data;
}

/** The teams a user is in, or those of them they lead. */
const teamIds = ({ teams }: Pick<User, 'teams'>, only?: 'leader'): TeamId[] =>
  Object.entries(teams).flatMap(([id, role]) =>
    only === undefined || role === only ? [TeamId.parse(id)] : [],
  );

/** The teams that a user leads, whatever their role in the organization. */
export const teamIdsLed = (user: Pick<User, 'teams'>): TeamId[] => teamIds(user, 'leader');

/** The memberships that the user's own item names. An index may be a moment late; then they are read by their keys. */
async function currentMemberships(
  { organizationId, client, table }: OrganizationScope,
  user: Pick<User, 'userId' | 'teams'>,
  indexed: readonly StoredMember[],
): Promise<StoredMember[]> {
  const named = indexed.filter(({ teamId, role }) => user.teams[teamId] === role);
  const keys = teamIds(user).map((teamId) => ({ organizationId, teamId, userId: user.userId }));
  if (named.length === keys.length) return named;
  const found: StoredMember[] = [];
  await untilRead(keys, async (left) => {
    const { data, unprocessed } = await entityOf(TeamMemberItem)
      .get(left)
      .go({ client, table, consistent: true });
    found.push(...data);
    return unprocessed;
  });
  return found;
}

function leaveWrites(scope: OrganizationScope, actor: Actor, member: StoredMember, now: Date): Write[] {
  const { teamId, role } = member;
  const patch = entityOf(TeamItem)
    .patch({ organizationId: scope.organizationId, teamId })
    .set(alongWith(actor, 'team.member-removed', now));
  const left = (role === 'leader' ? patch.remove(['leaderId']) : patch).add({
    memberCount: -1,
    revision: 1,
  });
  return [update(scope, left), ...removeMemberWrites(scope, actor, member, now)];
}

/** The writes by which somebody who may not lead any more becomes a member of their teams; those have no leader then. */
function stopLeadingWrites(scope: OrganizationScope, actor: Actor, leader: StoredMember, now: Date): Write[] {
  const { teamId } = leader;
  const leaderless = entityOf(TeamItem)
    .patch({ organizationId: scope.organizationId, teamId })
    .set(alongWith(actor, 'team.member-role-changed', now))
    .remove(['leaderId'])
    .add({ revision: 1 });
  return [update(scope, leaderless), memberRoleWrite(scope, actor, leader, 'member', now)];
}

// Two writes a team, and those of the user themselves.
const teamsGivenUpAtOnce = 45;

/**
 * The writes by which somebody gives up every team they lead and stays in it, and what they are in their teams then: the user's
 * own item is the caller's to write. Throws `conflict` for somebody who leads more teams than one transaction takes.
 * @param indexed what `membershipsOf` found
 */
export async function giveUpLeading(
  scope: OrganizationScope,
  actor: Actor,
  user: Pick<User, 'userId' | 'name' | 'teams'>,
  indexed: readonly StoredMember[],
  now: Date,
): Promise<{ readonly writes: Write[]; readonly teams: User['teams'] }> {
  const memberships = await currentMemberships(scope, user, indexed);
  const led = memberships.filter(({ role }) => role === 'leader');
  if (led.length > teamsGivenUpAtOnce)
    throw new AppError(
      'conflict',
      `${user.name} leads ${led.length} teams. Give some of them another leader first, then try again.`,
    );
  return {
    writes: led.flatMap((leader) => stopLeadingWrites(scope, actor, leader, now)),
    teams: { ...user.teams, ...Object.fromEntries(led.map(({ teamId }) => [teamId, 'member' as const])) },
  };
}

// A transaction has 100 writes; leaving a team takes three of them, and the removal that they go with five of its own.
const teamsLeftAtOnce = 31;

/**
 * The writes by which somebody who is removed leaves their teams; those they led have no leader then. Somebody in more teams
 * than go into the removal's transaction leaves the first of them here and now, in transactions of their own.
 * @param indexed what `membershipsOf` found
 * @returns the writes, and the revision that the user has then
 */
export async function leaveTeams(
  scope: OrganizationScope,
  actor: Actor,
  user: Pick<User, 'userId' | 'teams' | 'revision'>,
  indexed: readonly StoredMember[],
  now: Date,
): Promise<{ readonly writes: Write[]; readonly revision: number }> {
  const memberships = await currentMemberships(scope, user, indexed);
  const { userId } = user;
  let { revision } = user;
  while (memberships.length > teamsLeftAtOnce) {
    const some = memberships.splice(0, teamsLeftAtOnce);
    const gone = { userId, teamIds: some.map(({ teamId }) => teamId), action: 'team.member-removed' };
    await transact(scope, [
      ...some.flatMap((member) => leaveWrites(scope, actor, member, now)),
      noTeamRoleWrite(scope, actor, gone, now),
    ]);
    revision += 1;
  }
  return { writes: memberships.flatMap((member) => leaveWrites(scope, actor, member, now)), revision };
}
