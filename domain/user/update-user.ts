import type { Context } from '../context.ts';
import { stale } from '../errors.ts';
import type { UserId } from '../ids.ts';
import { changeCounts, countAdminLess } from '../organization/counts.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { transact, type Write } from '../table/transaction.ts';
import { change } from '../table/writes.ts';
import { membershipsOf } from '../team/find-team.ts';
import { giveUpLeading } from '../team/leadership.ts';
import { requireUser } from './find-user.ts';
import type { User } from './profile.schema.ts';
import { UserItem } from './user.noun.ts';
import type { UserChange } from './user.schema.ts';
import { administers, refuseAbove } from './user-writes.ts';

/**
 * Changes a user's role, or deactivates or reactivates them. Throws `stale` if `revision` is outdated,
 * `forbidden` above the actor's own role, and `last_admin` if no active admin would remain: that is a
 * condition of the write, so it also holds for concurrent requests. A deactivated user keeps their seat and
 * teams. A user who becomes a team member no longer leads teams; the teams they led have no lead.
 */
export async function updateUser(
  ctx: Context,
  { userId, revision, ...wanted }: UserChange & { readonly userId: UserId; readonly revision: number },
): Promise<User> {
  const { scope, actor, now } = ctx;
  const demotion = wanted.role === 'team_member';
  const [user, memberships] = await Promise.all([
    requireUser(scope, userId),
    demotion ? membershipsOf(scope, userId) : [],
  ]);
  if (user.revision !== revision) throw stale();
  const { role = user.role, status = user.status } = wanted;
  refuseAbove(actor, user.role);
  refuseAbove(actor, role);
  if (user.role === role && user.status === status) return user;
  const { teams, writes } = demotion
    ? await giveUpLeading(ctx, user, memberships)
    : { teams: user.teams, writes: [] };
  const next = { role, status, teams };
  await transact(scope, [
    change(ctx, UserItem, { userId }, { action: actionOf(user, next), set: next, at: revision }),
    ...countAdmins(scope, user, next),
    ...writes,
  ]);
  return { ...user, ...next, revision: revision + 1, updatedAt: now.toISOString() };
}

function actionOf(before: User, { role, status }: Pick<User, 'role' | 'status'>) {
  if (before.role !== role) return 'user.role-changed';
  return status === 'active' ? 'user.reactivated' : 'user.deactivated';
}

function countAdmins(scope: OrganizationScope, from: User, to: Pick<User, 'role' | 'status'>): Write[] {
  if (administers(from) === administers(to)) return [];
  return [administers(to) ? changeCounts(scope, { admins: 1 }) : countAdminLess(scope, {})];
}
