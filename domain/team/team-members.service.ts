import type { TeamRole } from '../access/roles.schema.ts';
import type { Actor } from '../actor.ts';
import { AppError, stale } from '../errors.ts';
import type { TeamId, UserId } from '../ids.ts';
import { alongWith } from '../table/change-stamp.ts';
import { entityOf } from '../table/entity.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { transact, update, type Write } from '../table/write.ts';
import type { User } from '../user/profile.schema.ts';
import { noTeamRoleWrite, teamRoleWrite, teamsOfAUserLimit } from '../user/team-role.service.ts';
import { findUser } from '../user/user.service.ts';
import { TeamItem } from './team.noun.ts';
import { type Team, teamMembersLimit } from './team.schema.ts';
import { requireTeam, type StoredMember, type StoredTeam, showTeam } from './team.service.ts';
import {
  addMemberWrite,
  type Joining,
  memberRoleWrite,
  newMember,
  removeMemberWrites,
  turnoutWrite,
} from './team-write.ts';

/** A team, a person, and what the person is in the team now, if anything. */
interface Place {
  readonly team: StoredTeam;
  readonly user: User;
  readonly held: StoredMember | undefined;
}

/** The refusal of a person who isn't in the scope's organization. */
export const noUser = () => new AppError('not_found', 'There is no such user.');

/** Reads a team and a person of the organization at once. Throws `not_found` when either isn't there. */
export async function findPlace(
  scope: OrganizationScope,
  { teamId, userId }: { readonly teamId: TeamId; readonly userId: UserId },
): Promise<Place> {
  const [team, user] = await Promise.all([requireTeam(scope, teamId), findUser(scope, userId)]);
  if (user === null) throw noUser();
  return { team, user, held: team.members.find((member) => member.userId === userId) };
}

/** Throws `conflict` for somebody whose role in the organization isn't one that leads teams, and who is deactivated. */
export function refuseLeading({ role, status, name }: Pick<User, 'role' | 'status' | 'name'>): void {
  if (status !== 'active')
    throw new AppError(
      'conflict',
      `${name} is deactivated, and can't lead a team. Reactivate them first, then try again.`,
    );
  if (role !== 'team_leader' && role !== 'org_admin')
    throw new AppError(
      'conflict',
      `Only a team leader or an admin can lead a team. Give ${name} the role team leader first, then try again.`,
    );
}

/** Throws `conflict` for somebody who is in as many teams as there may be. */
export function refuseMoreTeams({ teams, name }: Pick<User, 'teams' | 'name'>): void {
  if (Object.keys(teams).length >= teamsOfAUserLimit)
    throw new AppError(
      'conflict',
      `${name} is in ${teamsOfAUserLimit} teams already, the most there can be.`,
    );
}

function refuseNewMember({ team, user }: Place): void {
  refuseMoreTeams(user);
  if (team.members.length >= teamMembersLimit)
    throw new AppError('conflict', `This team has ${teamMembersLimit} members, the most there can be.`);
}

/**
 * Puts somebody into a team, or gives a member another role in it. A new leader takes the place of the one there is, who
 * becomes a member, in the same transaction. Throws `stale`, and `conflict` for who may not lead and beyond the limits.
 * @param change `revision` is the team's; `role` what they are to be
 */
export async function setMember(
  scope: OrganizationScope,
  actor: Actor,
  place: Place,
  { role, revision }: { readonly role: TeamRole; readonly revision: number },
  now: Date,
): Promise<Team> {
  const { team, user, held } = place;
  if (team.item.revision !== revision) throw stale();
  if (held?.role === role) return showTeam(team);
  if (role === 'leader') refuseLeading(user);
  if (held === undefined) refuseNewMember(place);
  const { teamId } = team.item;
  const { userId, email, name } = user;
  const action = held === undefined ? 'team.member-added' : 'team.member-role-changed';
  const joining = { userId, email, name, role, joinedAt: now.toISOString() };
  const member = held === undefined ? newMember(scope, actor, teamId, joining, now) : { ...held, role };
  const replaced = role === 'leader' ? team.members.filter((other) => other.role === 'leader') : [];
  const stayed = team.members
    .filter((other) => other !== held)
    .map((other) => (replaced.includes(other) ? { ...other, role: 'member' as const } : other));
  return await changeMembers(scope, actor, { team, action, members: [...stayed, member] }, now, [
    held === undefined ? addMemberWrite(scope, member) : memberRoleWrite(scope, actor, held, role, now),
    teamRoleWrite(scope, actor, { userId, teamId, role, action }, now),
    ...replaced.flatMap((other) => stepDownWrites(scope, actor, other, now)),
  ]);
}

/** The writes by which a leader becomes a member. */
function stepDownWrites(scope: OrganizationScope, actor: Actor, leader: StoredMember, now: Date): Write[] {
  const { userId, teamId } = leader;
  const place = { userId, teamId, role: 'member', action: 'team.member-role-changed' } as const;
  return [memberRoleWrite(scope, actor, leader, 'member', now), teamRoleWrite(scope, actor, place, now)];
}

/** Takes somebody out of a team; a team that loses its leader has none. Throws `stale`, and `not_found` for who isn't in it. */
export async function removeMember(
  scope: OrganizationScope,
  actor: Actor,
  { team, held }: Pick<Place, 'team' | 'held'>,
  revision: number,
  now: Date,
): Promise<Team> {
  if (held === undefined) throw new AppError('not_found', 'This person is not in the team.');
  if (team.item.revision !== revision) throw stale();
  const { userId, teamId } = held;
  const action = 'team.member-removed';
  const members = team.members.filter((member) => member !== held);
  return await changeMembers(scope, actor, { team, action, members }, now, [
    ...removeMemberWrites(scope, actor, held, now),
    noTeamRoleWrite(scope, actor, { userId, teamIds: [teamId], action }, now),
  ]);
}

/** Writes a change of members with what the team keeps of them, and answers the team as it is then. */
async function changeMembers(
  scope: OrganizationScope,
  actor: Actor,
  {
    team: { item },
    action,
    members,
  }: { readonly team: StoredTeam; readonly action: string; readonly members: StoredMember[] },
  now: Date,
  writes: readonly Write[],
): Promise<Team> {
  const { teamId, revision, leaderId: _, ...kept } = item;
  const memberCount = members.length;
  const leaderId = members.find(({ role }) => role === 'leader')?.userId;
  const turnout = { teamId, revision, action, memberCount, leaderId };
  await transact(scope, [turnoutWrite(scope, actor, turnout, now), ...writes]);
  const led = leaderId === undefined ? {} : { leaderId };
  const next = { ...kept, ...led, teamId, memberCount, revision: revision + 1, updatedAt: now.toISOString() };
  return showTeam({ item: next, members });
}

/**
 * The writes that put somebody into a team as part of another transaction, which also writes the user with the team in their
 * `teams`: for an invitation that names a team. Refused with `conflict` when the team is gone, is full, or has a leader and
 * would get another.
 */
export function joinTeamWrites(
  scope: OrganizationScope,
  actor: Actor,
  { teamId, ...person }: Omit<Joining, 'joinedAt'> & { readonly teamId: TeamId },
  now: Date,
): Write[] {
  const leads = person.role === 'leader';
  const team = entityOf(TeamItem)
    .patch({ organizationId: scope.organizationId, teamId })
    .set({
      ...(leads ? { leaderId: person.userId } : {}),
      ...alongWith(actor, 'team.member-added', now),
    })
    .add({ memberCount: 1, revision: 1 })
    .where(({ memberCount, leaderId }, { lt, notExists }) => {
      const room = lt(memberCount, teamMembersLimit);
      return leads ? `${room} AND ${notExists(leaderId)}` : room;
    });
  const member = newMember(scope, actor, teamId, { ...person, joinedAt: now.toISOString() }, now);
  return [update(scope, team, cannotJoin), addMemberWrite(scope, member)];
}

const cannotJoin = () =>
  new AppError('conflict', 'The team is gone, is full, or has a leader already. Choose another team.');
