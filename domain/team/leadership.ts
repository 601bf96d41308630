import type { Context } from '../context.ts';
import { TeamId } from '../ids.ts';
import type { Write } from '../table/transaction.ts';
import { change } from '../table/writes.ts';
import type { User } from '../user/profile.schema.ts';
import { setTeamRole } from '../user/team-role.ts';
import { currentMemberships, type StoredMember } from './find-team.ts';
import { TeamItem } from './team.noun.ts';
import { teamRefusals } from './team.refusals.ts';
import { changeMemberRole } from './team-writes.ts';

/** Throws `conflict` for a user who may not lead a team: one who is deactivated or has an unsuitable role. */
export function refuseLeading({ role, status, name }: Pick<User, 'role' | 'status' | 'name'>): void {
  if (status !== 'active') throw teamRefusals.leader_deactivated({ name });
  if (role !== 'team_leader' && role !== 'org_admin') throw teamRefusals.leader_lacks_role({ name });
}

/**
 * The teams that a user leads, regardless of their role in the organization. Access rules use `teamsLed`
 * instead, which considers the role too.
 */
export const teamIdsAsLeader = ({ teams }: Pick<User, 'teams'>): TeamId[] =>
  Object.entries(teams).flatMap(([id, role]) => (role === 'leader' ? [TeamId.parse(id)] : []));

/** The writes that make a lead a member when another lead replaces them. */
export function stepDown(ctx: Context, leader: StoredMember): Write[] {
  const { userId, teamId } = leader;
  const stepped = { userId, teamId, role: 'member', action: 'team.member-role-changed' } as const;
  return [changeMemberRole(ctx, leader, 'member'), setTeamRole(ctx, stepped)];
}

/** The writes that make a lead a member of a team that then has no lead. */
function stopLeading(ctx: Context, leader: StoredMember): Write[] {
  const { teamId } = leader;
  const action = 'team.member-role-changed';
  const leaderless = change(ctx, TeamItem, { teamId }, { secondaryTo: action, set: { leaderId: null } });
  return [leaderless, changeMemberRole(ctx, leader, 'member')];
}

// Two writes per team, plus those of the user.
const teamsGivenUpAtOnce = 45;

/**
 * The writes by which a user gives up leading all their teams but stays in them, and their resulting team
 * roles, which the caller writes to the user's own item. Throws `conflict` for a user who leads more teams
 * than fit into one transaction.
 * @param indexed the result of `membershipsOf`
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
