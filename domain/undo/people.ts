import * as z from 'zod/mini';
import { UserId } from '../ids.ts';
import type { KpiOwner } from '../kpi/kpi.schema.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { findTeam } from '../team/find-team.ts';
import { findUser, findUsers } from '../user/find-user.ts';
import type { UndoEffect } from './undo.schema.ts';

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
