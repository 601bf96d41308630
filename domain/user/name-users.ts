import type { UserId } from '../ids.ts';
import { findMany } from '../table/reads.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { UserItem } from './user.noun.ts';

/** The names of those of these users that there are, by id. Costs one batch of Gets. */
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
