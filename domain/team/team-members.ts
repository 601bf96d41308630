import type { TeamRole } from '../access/roles.schema.ts';
import { type Context, naming } from '../context.ts';
import { type AppError, stale } from '../errors.ts';
import type { TeamId, UserId } from '../ids.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { transact, type Write } from '../table/transaction.ts';
import { findUser } from '../user/find-user.ts';
import type { User } from '../user/profile.schema.ts';
import { promoteToLead, setTeamRole, teamsOfAUserLimit, unsetTeamRoles } from '../user/team-role.ts';
import { userRefusals } from '../user/user.refusals.ts';
import { requireTeam, type StoredMember, type StoredTeam, showTeam } from './find-team.ts';
import { refuseLeading, stepDown } from './leadership.ts';
import { teamRefusals } from './team.refusals.ts';
import { type Team, teamMembersLimit } from './team.schema.ts';
import { addMember, changeMemberRole, changeRoster, newMember, removeMember } from './team-writes.ts';

/** A team, a user, and the user's membership, if any. */
interface TeamAndUser {
  readonly team: StoredTeam;
  readonly user: User;
  readonly held: StoredMember | undefined;
}

/** Reads a team and a user of the organization together. Throws `not_found` if either doesn't exist. */
export async function findTeamAndUser(
  scope: OrganizationScope,
  { teamId, userId }: { readonly teamId: TeamId; readonly userId: UserId },
): Promise<TeamAndUser> {
  const [team, user] = await Promise.all([requireTeam(scope, teamId), findUser(scope, userId)]);
  if (user === null) throw userRefusals.user_not_found();
  return { team, user, held: team.members.find((member) => member.userId === userId) };
}

/** The refusal of another team for a user; null while they are below the limit. */
export const objectionToMoreTeams = ({ teams, name }: Pick<User, 'teams' | 'name'>): AppError | null =>
  Object.keys(teams).length < teamsOfAUserLimit
    ? null
    : teamRefusals.user_in_most_teams({ name, most: teamsOfAUserLimit });

/** Throws `conflict` for a user who is in the maximum number of teams. */
export function refuseMoreTeams(user: Pick<User, 'teams' | 'name'>): void {
  const objection = objectionToMoreTeams(user);
  if (objection !== null) throw objection;
}

function refuseNewMember({ team, user }: TeamAndUser): void {
  refuseMoreTeams(user);
  if (team.members.length >= teamMembersLimit) throw teamRefusals.team_full({ most: teamMembersLimit });
}

/** A user's intended role in a team. `revision` is the team's. */
interface Membership {
  readonly role: TeamRole;
  /** Whether a team member who becomes lead gets the necessary role. */
  readonly promote?: boolean | undefined;
  /** When they joined, for restored members; by default now. */
  readonly joinedAt?: string | undefined;
  readonly revision: number;
}

/**
 * Adds a user to a team, or changes a member's role. A new lead replaces the current one, who becomes a
 * member in the same transaction and keeps their role in the organization. Throws `stale`, and `conflict`
 * for a user who may not lead and beyond the limits.
 */
export async function setTeamMember(
  given: Context,
  found: TeamAndUser,
  { role, promote = false, joinedAt = given.now.toISOString(), revision }: Membership,
): Promise<Team> {
  const { team, user, held } = found;
  if (team.item.revision !== revision) throw stale();
  if (held?.role === role) return showTeam(team);
  const isPromoted = role === 'leader' && promote && user.role === 'team_member';
  if (role === 'leader') refuseLeading(isPromoted ? { ...user, role: 'team_leader' } : user);
  if (held === undefined) refuseNewMember(found);
  const { teamId } = team.item;
  const ctx = naming(given, [teamId, team.item.name]);
  const { userId, email, name } = user;
  const action = held === undefined ? 'team.member-added' : 'team.member-role-changed';
  const joining = { teamId, userId, email, name, role, joinedAt };
  const member = held === undefined ? newMember(ctx, joining) : { ...held, role };
  const replaced = role === 'leader' ? team.members.filter((other) => other.role === 'leader') : [];
  const stayed = team.members
    .filter((other) => other !== held)
    .map((other) => (replaced.includes(other) ? { ...other, role: 'member' as const } : other));
  return await changeMembers(ctx, { team, action, members: [...stayed, member] }, [
    held === undefined ? addMember(ctx, member) : changeMemberRole(ctx, held, role),
    isPromoted ? promoteToLead(ctx, { userId, teamId }) : setTeamRole(ctx, { userId, teamId, role, action }),
    ...replaced.flatMap((other) => stepDown(ctx, other)),
  ]);
}

/**
 * Removes a user from a team. A team that loses its lead has none then. Throws `stale`, and `not_found` for
 * a user who isn't a member.
 */
export async function removeTeamMember(
  given: Context,
  { team, held }: Pick<TeamAndUser, 'team' | 'held'>,
  revision: number,
): Promise<Team> {
  if (held === undefined) throw teamRefusals.team_member_not_found();
  if (team.item.revision !== revision) throw stale();
  const { userId, teamId } = held;
  const action = 'team.member-removed';
  const ctx = naming(given, [teamId, team.item.name]);
  const members = team.members.filter((member) => member !== held);
  return await changeMembers(ctx, { team, action, members }, [
    ...removeMember(ctx, held),
    unsetTeamRoles(ctx, { userId, teamIds: [teamId], action }),
  ]);
}

/** Writes a change of members together with the team's own summary of them, and returns the changed team. */
export async function changeMembers(
  ctx: Context,
  {
    team: { item },
    members,
    action,
  }: {
    readonly team: StoredTeam;
    readonly members: StoredMember[];
    readonly action: Parameters<typeof changeRoster>[1]['action'];
  },
  writes: readonly Write[],
): Promise<Team> {
  const { teamId, revision, leaderId: _, ...kept } = item;
  const memberCount = members.length;
  const leaderId = members.find(({ role }) => role === 'leader')?.userId;
  const roster = changeRoster(ctx, { teamId, revision, action, memberCount, leaderId });
  await transact(ctx.scope, [roster, ...writes]);
  const led = leaderId === undefined ? {} : { leaderId };
  const changed = { memberCount, revision: revision + 1, updatedAt: ctx.now.toISOString() };
  return showTeam({ item: { ...kept, ...led, teamId, ...changed }, members });
}
