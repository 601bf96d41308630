import { AppError } from '../errors.ts';
import type { UserId } from '../ids.ts';
import { noteActivityOn } from '../organization/directory-row.ts';
import { untilRead } from '../table/batch-read.ts';
import { entityOf } from '../table/entity.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { happened, transact, write } from '../table/transaction.ts';
import { replace } from '../table/writes.ts';
import { ActivityItem } from './usage.noun.ts';

const keptDays = 100;

/**
 * Records that a user was active today (UTC). Of concurrent requests only the first one writes. Returns
 * whether this one did.
 */
export async function recordActivity(
  { organizationId, client, table }: OrganizationScope,
  userId: UserId,
  now: Date,
): Promise<boolean> {
  const [month, day] = [now.toISOString().slice(0, 7), now.toISOString().slice(8, 10)];
  const expiresAt = Math.floor(now.getTime() / 1000) + keptDays * 86_400;
  return await happened(
    entityOf(ActivityItem)
      .update({ organizationId, month, userId })
      .append({ days: [day] })
      .set({ expiresAt })
      .where(({ days }, { notContains }) => notContains(days, day))
      .go({ client, table }),
  );
}

/**
 * Records in the directory that the organization was active on a day (`yyyy-mm-dd`), unless a later day is
 * recorded.
 */
export async function recordOrganizationActive(scope: OrganizationScope, day: string): Promise<void> {
  try {
    await transact(scope, [noteActivityOn(scope, day)]);
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'conflict')) throw error;
  }
}

/** Stores a user's active days of a month (two digits each), as known from another source. */
export async function keepDaysOfUse(
  scope: OrganizationScope,
  { userId, month, days }: { userId: UserId; month: string; days: string[] },
): Promise<void> {
  const expiresAt = Math.floor(Date.parse(`${month}-28`) / 1000) + keptDays * 86_400;
  await write(scope, replace(scope, ActivityItem, { userId, month, days, expiresAt }));
}

/** Each user's active days (`yyyy-mm-dd`) in all months between two dates: one item per user and month. */
export async function activityBetween(
  { organizationId, client, table }: OrganizationScope,
  from: string,
  to: string,
): Promise<Map<string, string[]>> {
  const [first, last] = [from.slice(0, 7), to.slice(0, 7)];
  const { data } = await entityOf(ActivityItem)
    .query.primary({ organizationId })
    .between({ month: first }, { month: `${last}~` })
    .go({ client, table, pages: 'all' });
  const activity = new Map<string, string[]>();
  for (const { userId, month, days = [] } of data) {
    const known = activity.get(userId) ?? [];
    activity.set(userId, [...known, ...days.map((day) => `${month}-${day}`)]);
  }
  return activity;
}

/** The month of a day, and the previous one (`yyyy-mm`). */
function lastMonths(now: Date): string[] {
  const first = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1);
  return [new Date(first), new Date(first - 86_400_000)].map((date) => date.toISOString().slice(0, 7));
}

/** The last active day (UTC, `yyyy-mm-dd`) of each of these users, within this month and the previous one. */
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
