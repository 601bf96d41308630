import { type Context, naming } from '../context.ts';
import { TeamId } from '../ids.ts';
import { transact, type Write } from '../table/transaction.ts';
import { change } from '../table/writes.ts';
import type { User } from '../user/profile.schema.ts';
import { unsetTeamRoles } from '../user/team-role.ts';
import { currentMemberships, nameTeams, type StoredMember } from './find-team.ts';
import { TeamItem } from './team.noun.ts';
import { removeMember } from './team-writes.ts';

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

// A transaction has at most 100 writes; leaving a team takes three, and the removal it belongs to five.
const teamsLeftAtOnce = 31;

/**
 * The writes by which a removed user leaves their teams; teams they led have no lead then. A user in more
 * teams than fit into the removal's transaction leaves the first of them now, in separate transactions.
 * Each of these has the removal's conditions: the user's revision (`stale`) and `conditions`, so that a
 * refused removal takes no one out of a team.
 * @param indexed the result of `membershipsOf`
 * @param conditions what the removal requires of the organization
 * @returns the writes, and the user's revision by then
 */
export async function leaveTeams(
  given: Context,
  user: Pick<User, 'userId' | 'teams' | 'revision'>,
  indexed: readonly StoredMember[],
  conditions: readonly Write[],
): Promise<{ readonly writes: Write[]; readonly revision: number }> {
  const { scope } = given;
  const { userId } = user;
  const [memberships, names] = await Promise.all([
    currentMemberships(scope, user, indexed),
    nameTeams(
      scope,
      Object.keys(user.teams).map((id) => TeamId.parse(id)),
    ),
  ]);
  const ctx = naming(given, ...names);
  let { revision } = user;
  while (memberships.length > teamsLeftAtOnce) {
    const some = memberships.splice(0, teamsLeftAtOnce);
    const teamIds = some.map(({ teamId }) => teamId);
    const gone = unsetTeamRoles(ctx, { userId, teamIds, action: 'team.member-removed', revision });
    await transact(ctx.scope, [...conditions, gone, ...some.flatMap((member) => leave(ctx, member))]);
    revision += 1;
  }
  return { writes: memberships.flatMap((member) => leave(ctx, member)), revision };
}
