import { UserId } from '../ids.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { UserEntity } from './user.entity.ts';

/**
 * What members of an organization are called, by user id, in one BatchGetItem a hundred. Ids that are no user's (functions)
 * and people who are no members (any more) are left out.
 */
export async function namesOf(
  { organizationId, client, table }: OrganizationScope,
  userIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const keys = [...new Set(userIds)].flatMap((id) => {
    const userId = UserId.safeParse(id);
    return userId.success ? [{ organizationId, userId: userId.data }] : [];
  });
  if (keys.length === 0) return new Map();
  const { data } = await UserEntity.get(keys).go({ client, table, concurrent: 10 });
  return new Map(data.map(({ userId, name }) => [userId, name]));
}
