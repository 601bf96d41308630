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

/**
 * Throws `conflict` for a user who may not lead a team: one who is deactivated, or whose role in the
 * organization isn't one that leads.
 */
export function refuseLeading({ role, status, name }: Pick<User, 'role' | 'status' | 'name'>): void {
  if (status !== 'active') throw teamRefusals.leader_deactivated({ name });
  if (role !== 'team_leader' && role !== 'org_admin') throw teamRefusals.leader_lacks_role({ name });
}

/**
 * The teams that name a user as their leader, whatever the user's role in the organization. The access rules
 * use `teamsLed` instead, which considers the role too.
 */
export const teamIdsAsLeader = ({ teams }: Pick<User, 'teams'>): TeamId[] =>
  Object.entries(teams).flatMap(([id, role]) => (role === 'leader' ? [TeamId.parse(id)] : []));

/** The writes by which a leader becomes a member, where another leader takes their place. */
export function stepDown(ctx: Context, leader: StoredMember): Write[] {
  const { userId, teamId } = leader;
  const stepped = { userId, teamId, role: 'member', action: 'team.member-role-changed' } as const;
  return [changeMemberRole(ctx, leader, 'member'), setTeamRole(ctx, stepped)];
}

/** The writes by which a leader becomes a member of a team that has no leader then. */
function stopLeading(ctx: Context, leader: StoredMember): Write[] {
  const { teamId } = leader;
  const action = 'team.member-role-changed';
  const leaderless = change(ctx, TeamItem, { teamId }, { secondaryTo: action, set: { leaderId: null } });
  return [leaderless, changeMemberRole(ctx, leader, 'member')];
}

// Two writes a team, and those of the user themselves.
const teamsGivenUpAtOnce = 45;

/**
 * The writes by which a user gives up every team they lead and stays in it, and their roles in their teams
 * after that, which the caller writes to the user's own item. Throws `conflict` for a user who leads more
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
