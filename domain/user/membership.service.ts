import { isAbove, isAdmin, type OrganizationRole, type Role } from '../access/roles.schema.ts';
import type { Actor } from '../actor.ts';
import { AppError, stale } from '../errors.ts';
import type { UserId } from '../ids.ts';
import { countWrite, fewerAdminsWrite } from '../organization/counters.service.ts';
import { updated } from '../table/change-stamp.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { tombstoneWrite } from '../table/tombstone.service.ts';
import { remove, transact, update, type Write } from '../table/write.ts';
import { freeEmailWrite } from './admission.service.ts';
import { UserEntity } from './user.entity.ts';
import type { User } from './user.schema.ts';
import { findUser } from './user.service.ts';

/** A member of the scope's organization. Throws `not_found`. */
export async function requireUser(scope: OrganizationScope, userId: UserId): Promise<User> {
  const user = await findUser(scope, userId);
  if (user === null) throw new AppError('not_found', 'There is no such user.');
  return user;
}

/**
 * Gives a member another role. Throws `stale` when `revision` isn't the member's any more, `forbidden` above the actor's own
 * role, and `last_admin` when nobody would be admin: a condition of the write, so also when two admins try at once.
 */
export async function changeRole(
  scope: OrganizationScope,
  actor: Actor,
  { userId, role, revision }: { userId: UserId; role: OrganizationRole; revision: number },
  now: Date,
): Promise<User> {
  const user = await requireUser(scope, userId);
  if (user.revision !== revision) throw stale();
  if (user.role === role) return user;
  refuseAbove(actor, user.role);
  refuseAbove(actor, role);
  const changed = UserEntity.patch({ organizationId: scope.organizationId, userId })
    .set({ role, ...updated(actor, 'user.role-changed', now) })
    .add({ revision: 1 })
    .where((item, { eq }) => eq(item.revision, revision));
  await transact(scope, [update(scope, changed, stale), ...adminWrites(scope, user.role, role)]);
  return await requireUser(scope, userId);
}

function adminWrites(scope: OrganizationScope, from: Role, to: Role): Write[] {
  if (isAdmin(from) === isAdmin(to)) return [];
  return [isAdmin(to) ? countWrite(scope, { admins: 1 }) : fewerAdminsWrite(scope, {})];
}

/** Removes a member: refused from the next request on, and the address can be invited again. Throws as `changeRole` does. */
export async function removeUser(
  scope: OrganizationScope,
  actor: Actor,
  { userId, revision }: { userId: UserId; revision: number },
  now: Date,
): Promise<void> {
  const user = await requireUser(scope, userId);
  if (user.revision !== revision) throw stale();
  refuseAbove(actor, user.role);
  const { organizationId } = scope;
  const gone = UserEntity.remove({ organizationId, userId }).where((item, { eq }) =>
    eq(item.revision, revision),
  );
  const deletion = { entity: 'user', sortKey: userId, revision, item: user };
  await transact(scope, [
    remove(scope, gone, stale),
    freeEmailWrite(scope, user.email, userId),
    tombstoneWrite(scope, actor, 'user.removed', deletion, now),
    isAdmin(user.role) ? fewerAdminsWrite(scope, { users: -1 }) : countWrite(scope, { users: -1 }),
  ]);
}

function refuseAbove(actor: Actor, role: Role): void {
  if (actor.role === 'system' || isAbove(role, actor.role))
    throw new AppError('forbidden', `Your role may not grant, change or remove the role ${role}.`);
}
