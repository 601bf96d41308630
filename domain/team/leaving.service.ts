import type { Actor } from '../actor.ts';
import { TeamId, type UserId } from '../ids.ts';
import { alongWith } from '../table/change-stamp.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { transact, update, type Write } from '../table/write.ts';
import { noTeamRoleWrite } from '../user/team-role.service.ts';
import type { User } from '../user/user.schema.ts';
import { TeamEntity } from './team.entity.ts';
import type { StoredMember } from './team.service.ts';
import { TeamMemberEntity } from './team-member.entity.ts';
import { removeMemberWrites } from './team-write.ts';

/** The memberships of a person as the index has them: complete but for what changed a moment ago, see `leaveTeams`. */
export async function membershipsOf(
  { organizationId, client, table }: OrganizationScope,
  userId: UserId,
): Promise<StoredMember[]> {
  const memberships = TeamMemberEntity.query.byMember({ organizationId, userId });
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
  let left = teamIds(user).map((teamId) => ({ organizationId, teamId, userId: user.userId }));
  if (named.length === left.length) return named;
  const found: StoredMember[] = [];
  while (left.length > 0) {
    const { data, unprocessed } = await TeamMemberEntity.get(left).go({ client, table, consistent: true });
    found.push(...data);
    left = unprocessed;
  }
  return found;
}

function leaveWrites(scope: OrganizationScope, actor: Actor, member: StoredMember, now: Date): Write[] {
  const { teamId, role } = member;
  const patch = TeamEntity.patch({ organizationId: scope.organizationId, teamId }).set(
    alongWith(actor, 'team.member-removed', now),
  );
  const left = (role === 'leader' ? patch.remove(['leaderId']) : patch).add({
    memberCount: -1,
    revision: 1,
  });
  return [update(scope, left), ...removeMemberWrites(scope, actor, member, now)];
}

// A transaction has 100 writes; leaving a team takes three of them, and the removal that they go with has its own.
const teamsLeftAtOnce = 25;

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
