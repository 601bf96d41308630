import * as z from 'zod/mini';
import { TeamRole } from '../access/roles.schema.ts';
import { AppError } from '../errors.ts';
import { TeamId, UserId } from '../ids.ts';
import type { KpiOwner } from '../kpi/kpi.schema.ts';
import { deletedBelow } from '../table/deletion-record.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { findTeam } from '../team/find-team.ts';
import { refuseLeading } from '../team/leadership.ts';
import type { ReturningMember } from '../team/restore-team.ts';
import { objectionToMoreTeams } from '../team/team-members.ts';
import { findUser, findUsers } from '../user/find-user.ts';
import type { User } from '../user/profile.schema.ts';
import type { UndoEffect } from './undo.schema.ts';

const FormerMember = z.object({
  teamId: TeamId,
  userId: UserId,
  name: z.optional(z.string()),
  role: TeamRole,
  joinedAt: z.optional(z.string()),
});
export type FormerMember = z.infer<typeof FormerMember>;

/** The users removed from a team in one request, or one of them. */
export async function formerMembers(
  scope: OrganizationScope,
  {
    teamId,
    userId,
    requestId,
  }: { readonly teamId: TeamId; readonly userId?: UserId; readonly requestId: string },
): Promise<FormerMember[]> {
  const deleted = await deletedBelow(scope, 'teamMember', `${teamId}#member#${userId ?? ''}`);
  const members = deleted
    .filter((one) => one.requestId === requestId)
    .flatMap(({ item }) => FormerMember.safeParse(item).data ?? [])
    .filter((member) => userId === undefined || member.userId === userId);
  // Records are in order of time: of two for one user, the last counts.
  return [...new Map(members.map((member) => [member.userId, member])).values()];
}

/** Whether a user may currently lead a team. */
export function mayLead(user: User): boolean {
  try {
    refuseLeading(user);
    return true;
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}

/** Which of a team's former members can rejoin, and what happens to the others. */
export async function returningMembers(
  scope: OrganizationScope,
  former: readonly FormerMember[],
): Promise<{ readonly members: ReturningMember[]; readonly effects: UndoEffect[] }> {
  const found = await findUsers(
    scope,
    former.map(({ userId }) => userId),
  );
  const users = new Map(found.map((user) => [user.userId, user]));
  const members: ReturningMember[] = [];
  const effects: UndoEffect[] = [];
  for (const { userId, name, role, joinedAt } of former) {
    const user = users.get(userId);
    if (user === undefined || objectionToMoreTeams(user) !== null)
      effects.push({ kind: 'member_left_out', ...(name === undefined ? {} : { name }) });
    else {
      const leads = role === 'leader' && mayLead(user);
      if (role === 'leader' && !leads) effects.push({ kind: 'lead_as_member', name: user.name });
      members.push({ user, role: leads ? 'leader' : 'member', joinedAt });
    }
  }
  const count = members.length;
  return { members, effects: count === 0 ? effects : [{ kind: 'members_return', count }, ...effects] };
}

const UserIds = z.array(UserId);

/** Whether a user can own things: they exist and are active. */
export const isActive = async (scope: OrganizationScope, userId: UserId): Promise<boolean> =>
  (await findUser(scope, userId))?.status === 'active';

/** Whether the team or person that owned a KPI still can. */
export const isOwnerHere = async (scope: OrganizationScope, owner: KpiOwner): Promise<boolean> =>
  owner.kind === 'team'
    ? (await findTeam(scope, owner.teamId)) !== null
    : await isActive(scope, owner.userId);

/**
 * Which assignees can be assigned again, and which can't. Undefined if there are none.
 * @param present the current assignees
 */
export async function absentPeople(
  scope: OrganizationScope,
  assigneeIds: unknown,
  present: readonly UserId[] = [],
): Promise<{ readonly left: UserId[] | undefined; readonly effects: UndoEffect[] }> {
  const { data: ids } = UserIds.safeParse(assigneeIds);
  if (ids === undefined) return { left: undefined, effects: [] };
  const users = new Map((await findUsers(scope, ids)).map((user) => [user.userId, user]));
  const isHere = (id: UserId) => present.includes(id) || users.get(id)?.status === 'active';
  const absent = ids.filter((id) => !isHere(id));
  const effects = absent.map((id): UndoEffect => {
    const name = users.get(id)?.name;
    return { kind: 'assignee_left_out', ...(name === undefined ? {} : { name }) };
  });
  return { left: ids.filter(isHere), effects };
}
