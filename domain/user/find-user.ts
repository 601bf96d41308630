import type { AppError } from '../errors.ts';
import type { UserId } from '../ids.ts';
import { itemOf, readOf } from '../table/batch-read.ts';
import type { Item } from '../table/query.ts';
import { findMany } from '../table/reads.ts';
import type { OrganizationScope } from '../table/scope.ts';
import type { Write } from '../table/transaction.ts';
import { check } from '../table/writes.ts';
import { User } from './profile.schema.ts';
import { UserItem } from './user.noun.ts';
import { userRefusals } from './user.refusals.ts';

/** Reads a user as they are now (strongly consistent), or null. */
export const findUser = async (scope: OrganizationScope, userId: UserId): Promise<User | null> =>
  userFrom(await itemOf(scope, userRead(scope, userId)));

/** The users with these ids that exist (strongly consistent). */
export async function findUsers(scope: OrganizationScope, ids: readonly UserId[]): Promise<User[]> {
  const stored = await findMany(
    scope,
    UserItem,
    ids.map((userId) => ({ userId })),
  );
  return stored.map((item) => User.parse(item));
}

/** Reads a user of the scope's organization. Throws `not_found`. */
export async function requireUser(scope: OrganizationScope, userId: UserId): Promise<User> {
  const user = await findUser(scope, userId);
  if (user === null) throw userRefusals.user_not_found();
  return user;
}

/** The read of a user, for use with `itemsOf`, and the user it returns or null. */
export const userRead = (scope: OrganizationScope, userId: UserId) => readOf(scope, UserItem, { userId });

export const userFrom = (item: Item | undefined): User | null =>
  item === undefined ? null : User.parse(item);

/** The condition that a user is active at the time of a write. */
export const checkActiveUser = (scope: OrganizationScope, userId: UserId, refusal: () => AppError): Write =>
  check(scope, UserItem, { userId }, { where: ({ status }, { eq }) => eq(status, 'active'), refusal });

/** The names of those of these users that exist, by id. Costs one BatchGet. */
export async function nameUsers(
  scope: OrganizationScope,
  ids: readonly UserId[],
): Promise<(readonly [id: string, name: string])[]> {
  const users = await findMany(
    scope,
    UserItem,
    ids.map((userId) => ({ userId })),
  );
  return users.map(({ userId, name }) => [userId, name] as const);
}
