import { isAdmin } from '../access/roles.schema.ts';
import type { Actor } from '../actor.ts';
import { AppError, stale } from '../errors.ts';
import type { UserId } from '../ids.ts';
import { countBesideAdminWrite, countWrite, fewerAdminsWrite } from '../organization/counters.service.ts';
import { updated } from '../table/change-stamp.ts';
import { entityOf } from '../table/entity.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { transact, update, type Write } from '../table/write.ts';
import { membershipsOf } from '../team/leave-teams.ts';
import { administers, removalWrites } from './membership.service.ts';
import type { User } from './profile.schema.ts';
import { UserItem } from './user.noun.ts';
import { findUser } from './user.service.ts';

/** What became of a member whose account is gone. */
export type Departure = 'removed' | 'left_without_admin' | 'not_a_member';

/**
 * Removes a member whose account the identity provider has deleted. The last admin can't be kept, but isn't removed either: as a
 * deactivated admin they show whose organization needs a new one. Doing it again changes nothing more.
 */
export async function removeDeparted(
  scope: OrganizationScope,
  actor: Actor,
  userId: UserId,
  now: Date,
): Promise<Departure> {
  const [user, memberships] = await Promise.all([findUser(scope, userId), membershipsOf(scope, userId)]);
  if (user === null) return 'not_a_member';
  try {
    const removal = { user, memberships, action: 'user.account-deleted' };
    const gone = await removalWrites(scope, actor, removal, now);
    await transact(scope, [...gone, departureCount(scope, user)]);
    return 'removed';
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'last_admin')) throw error;
    if (administers(user)) await deactivateLastAdmin(scope, actor, user, now);
    return 'left_without_admin';
  }
}

/** An admin leaves only where another stays. */
function departureCount(scope: OrganizationScope, user: User): Write {
  const change = { users: -1 };
  if (administers(user)) return fewerAdminsWrite(scope, change);
  return isAdmin(user.role) ? countBesideAdminWrite(scope, change) : countWrite(scope, change);
}

async function deactivateLastAdmin(
  scope: OrganizationScope,
  actor: Actor,
  { userId, revision }: User,
  now: Date,
): Promise<void> {
  const deactivated = entityOf(UserItem)
    .patch({ organizationId: scope.organizationId, userId })
    .set({ status: 'deactivated', ...updated(actor, 'user.account-deleted', now) })
    .add({ revision: 1 })
    .where((item, { eq }) => eq(item.revision, revision));
  await transact(scope, [update(scope, deactivated, stale), countWrite(scope, { admins: -1 })]);
}
