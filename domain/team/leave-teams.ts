import type { Context } from '../context.ts';
import { TeamId, type UserId } from '../ids.ts';
import { entityOf } from '../table/entity.ts';
import { findMany } from '../table/reads.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { transact, type Write } from '../table/write.ts';
import { change } from '../table/writes.ts';
import type { User } from '../user/profile.schema.ts';
import { unsetTeamRoles } from '../user/team-role.ts';
import type { StoredMember } from './find-team.ts';
import { TeamItem, TeamMemberItem } from './team.noun.ts';
import { teamRefusals } from './team.refusals.ts';
import { changeMemberRole, removeMember } from './team-writes.ts';

/** A person's places in teams as the index has them: all but what changed a moment ago, see `leaveTeams`. */
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

/**
 * The teams that the user's own item names. An index may be a moment late; then they are read by their keys.
 */
async function currentMemberships(
  scope: OrganizationScope,
  user: Pick<User, 'userId' | 'teams'>,
  indexed: readonly StoredMember[],
): Promise<StoredMember[]> {
  const named = indexed.filter(({ teamId, role }) => user.teams[teamId] === role);
  const keys = teamIds(user).map((teamId) => ({ teamId, userId: user.userId }));
  return named.length === keys.length ? named : await findMany(scope, TeamMemberItem, keys);
}

function leave(ctx: Context, member: StoredMember): Write[] {
  const { teamId, role } = member;
  const left = change(
    ctx,
    TeamItem,
    { teamId },
    {
      secondaryTo: 'team.member-removed',
      set: { leaderId: role === 'leader' ? null : undefined },
      add: { memberCount: -1 },
    },
  );
  return [left, ...removeMember(ctx, member)];
}

/**
 * The writes by which somebody who may not lead any more becomes a member of a team, which has no leader
 * then.
 */
function stopLeading(ctx: Context, leader: StoredMember): Write[] {
  const { teamId } = leader;
  const action = 'team.member-role-changed';
  const leaderless = change(ctx, TeamItem, { teamId }, { secondaryTo: action, set: { leaderId: null } });
  return [leaderless, changeMemberRole(ctx, leader, 'member')];
}

// Two writes a team, and those of the user themselves.
const teamsGivenUpAtOnce = 45;

/**
 * The writes by which somebody gives up every team they lead and stays in it, and what they are in their
 * teams then: the user's own item is the caller's to write. Throws `conflict` for somebody who leads more
 * teams than one transaction takes.
 * @param indexed what `membershipsOf` found
 */
export async function giveUpLeading(
  ctx: Context,
  user: Pick<User, 'userId' | 'name' | 'teams'>,
  indexed: readonly StoredMember[],
): Promise<{ readonly writes: Write[]; readonly teams: User['teams'] }> {
  const memberships = await currentMemberships(ctx.scope, user, indexed);
  const led = memberships.filter(({ role }) => role === 'leader');
  if (led.length > teamsGivenUpAtOnce)
    throw teamRefusals.user_leads_too_many_teams({ name: user.name, teams: led.length });
  return {
    writes: led.flatMap((leader) => stopLeading(ctx, leader)),
    teams: { ...user.teams, ...Object.fromEntries(led.map(({ teamId }) => [teamId, 'member' as const])) },
  };
}

// A transaction has 100 writes; leaving a team takes three of them, and the removal that they go with five of
// its own.
const teamsLeftAtOnce = 31;

/**
 * The writes by which somebody who is removed leaves their teams; those they led have no leader then.
 * Somebody in more teams than go into the removal's transaction leaves the first of them here and now, in
 * transactions of their own.
 * @param indexed what `membershipsOf` found
 * @returns the writes, and the revision that the user has then
 */
export async function leaveTeams(
  ctx: Context,
  user: Pick<User, 'userId' | 'teams' | 'revision'>,
  indexed: readonly StoredMember[],
): Promise<{ readonly writes: Write[]; readonly revision: number }> {
  const memberships = await currentMemberships(ctx.scope, user, indexed);
  const { userId } = user;
  let { revision } = user;
  while (memberships.length > teamsLeftAtOnce) {
    const some = memberships.splice(0, teamsLeftAtOnce);
    const gone = { userId, teamIds: some.map(({ teamId }) => teamId), action: 'team.member-removed' };
    await transact(ctx.scope, [...some.flatMap((member) => leave(ctx, member)), unsetTeamRoles(ctx, gone)]);
    revision += 1;
  }
  return { writes: memberships.flatMap((member) => leave(ctx, member)), revision };
}
