import type { UserId } from '../ids.ts';
import { untilRead } from '../table/batch-read.ts';
import { entityOf } from '../table/entity.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { ActivityItem } from './usage.noun.ts';

/** The month of a day, and the one before it (`yyyy-mm`). */
function lastMonths(now: Date): string[] {
  const first = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1);
  return [new Date(first), new Date(first - 86_400_000)].map((date) => date.toISOString().slice(0, 7));
}

/**
 * The last day (UTC, `yyyy-mm-dd`) on which each of these people used the product, as far as this month and
 * the one before know.
 */
export async function lastActiveDays(
  { organizationId, client, table }: OrganizationScope,
  userIds: readonly UserId[],
  now: Date,
): Promise<Map<UserId, string>> {
  const months = lastMonths(now);
  const keys = userIds.flatMap((userId) => months.map((month) => ({ organizationId, month, userId })));
  const last = new Map<UserId, string>();
  await untilRead(keys, async (left) => {
    const { data, unprocessed } = await entityOf(ActivityItem)
      .get(left)
      .go({ client, table, concurrency: 2 });
    for (const { userId, month, days = [] } of data) {
      const day = `${month}-${days.toSorted().at(-1) ?? ''}`;
      if (days.length > 0 && day > (last.get(userId) ?? '')) last.set(userId, day);
    }
    return unprocessed;
  });
  return last;
}
