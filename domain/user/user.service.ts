import type { UserId } from '../ids.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { UserEntity } from './user.entity.ts';
import { User } from './user.schema.ts';

const reading = ({ client, table }: OrganizationScope) => ({ client, table });

/** Reads a member as it is now (strongly consistent), or null. */
export async function findUser(scope: OrganizationScope, userId: UserId): Promise<User | null> {
  const { organizationId } = scope;
  const { data } = await UserEntity.get({ organizationId, userId }).go({
    ...reading(scope),
    consistent: true,
  });
  return data === null ? null : User.parse(data);
}

/** Members in the order of their ids, after `position` (a user id). One more than `limit` says that there are more. */
export async function usersAfter(
  scope: OrganizationScope,
  position: UserId | undefined,
  limit: number,
): Promise<User[]> {
  const members = UserEntity.query.primary({ organizationId: scope.organizationId });
  const query = position === undefined ? members : members.gt({ userId: position });
  const { data } = await query.go({ ...reading(scope), limit, pages: 1 });
  return data.map((item) => User.parse(item));
}
