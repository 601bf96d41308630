import { AppError } from '../errors.ts';
import { nameOrder } from '../folded-text.ts';
import { areUsersInOrder, noteUsersInOrder } from '../organization/directory-row.ts';
import type { Stored } from '../table/entity.ts';
import { findAll } from '../table/reads.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { transact } from '../table/transaction.ts';
import { adjust } from '../table/writes.ts';
import { EmailClaimItem, UserItem } from './user.noun.ts';
import { joiningOf } from './user-writes.ts';

/**
 * Assigns users of an earlier version their positions in the lists by name and joining time. The
 * organization is marked as complete only once a run finds none missing: during a deployment the previous
 * version may still add users. Returns how many were assigned.
 */
export async function orderUsers(scope: OrganizationScope): Promise<number> {
  if (await areUsersInOrder(scope)) return 0;
  const without = (await findAll(scope, UserItem)).filter((user) => user.nameOrder === undefined);
  if (without.length === 0) await noteUsersInOrder(scope);
  let placed = 0;
  for (const user of without) placed += (await place(scope, user)) ? 1 : 0;
  return placed;
}

/** A user that changes at the same time is left to the next run. */
async function place(scope: OrganizationScope, user: Stored<typeof UserItem>): Promise<boolean> {
  const { userId, email, name, revision } = user;
  // Keeps the stamp's author, but marks this write as not being a change of its own.
  const changed = { ...user.changed, derived: true } as const;
  try {
    await transact(scope, [
      adjust(
        scope,
        UserItem,
        { userId },
        {
          set: { nameOrder: nameOrder(name), changed },
          where: (stored, { eq }) => eq(stored.revision, revision),
        },
      ),
      adjust(
        scope,
        EmailClaimItem,
        { email },
        { set: { joined: joiningOf(user) }, where: ({ holder }, { eq }) => eq(holder, `${userId}`) },
      ),
    ]);
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === 'conflict') return false;
    throw error;
  }
}
