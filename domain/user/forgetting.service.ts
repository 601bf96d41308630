import type { UserId } from '../ids.ts';
import { entityOf } from '../table/entity.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { put, type Write } from '../table/write.ts';
import { ForgettingItem } from './user.noun.ts';

/** The write that keeps in mind that the identity provider has to forget somebody, until `noteForgotten`. */
export const forgetLaterWrite = (scope: OrganizationScope, userId: UserId, now: Date): Write => {
  const { organizationId } = scope;
  return put(scope, entityOf(ForgettingItem).put({ organizationId, userId, removedAt: now.toISOString() }));
};

/** The removed members whom the identity provider has still to forget. */
export async function membersToForget({
  organizationId,
  client,
  table,
}: OrganizationScope): Promise<UserId[]> {
  const { data } = await entityOf(ForgettingItem)
    .query.primary({ organizationId })
    .go({ client, table, pages: 'all' });
  return data.map(({ userId }) => userId);
}

/** Keeps it in mind no longer. */
export async function noteForgotten(
  { organizationId, client, table }: OrganizationScope,
  userId: UserId,
): Promise<void> {
  await entityOf(ForgettingItem).delete({ organizationId, userId }).go({ client, table });
}
