import { countsOf } from '../organization/counters.service.ts';
import type { OrganizationScope } from '../table/scope.ts';
import type { User } from '../user/user.schema.ts';
import { usersAfter } from '../user/user.service.ts';
import { UsageEntity } from './usage.entity.ts';
import { UsageSnapshot } from './usage.schema.ts';

/** Version of the definitions below; a change of any of them is a new version. */
const definition = 1;
const pageSize = 100;

async function* members(scope: OrganizationScope): AsyncGenerator<User> {
  let last: User | undefined;
  do {
    const page = await usersAfter(scope, last?.userId, pageSize);
    yield* page;
    last = page.length === pageSize ? page.at(-1) : undefined;
  } while (last !== undefined);
}

/**
 * Computes and keeps an organization's figures for a day (UTC): members who joined before the day's end, by role, and the
 * open invitations at `now`. Running it again gives the same figures from the same data.
 */
export async function takeSnapshot(
  scope: OrganizationScope,
  date: string,
  now: Date,
): Promise<UsageSnapshot> {
  const dayEnds = new Date(Date.parse(date) + 86_400_000).toISOString();
  const usersByRole: UsageSnapshot['usersByRole'] = {};
  let users = 0;
  for await (const { role, createdAt } of members(scope)) {
    if (createdAt >= dayEnds) continue;
    users += 1;
    usersByRole[role] = (usersByRole[role] ?? 0) + 1;
  }
  const counts = await countsOf(scope);
  const snapshot: UsageSnapshot = {
    date,
    final: now.toISOString() >= dayEnds,
    users,
    usersByRole,
    pendingInvitations: counts.pendingInvitations,
    definition,
    computedAt: now.toISOString(),
  };
  const { organizationId, client, table } = scope;
  await UsageEntity.put({ organizationId, ...snapshot }).go({ client, table });
  return snapshot;
}

/** Snapshots from the first to the last day given (both inclusive), oldest first. */
export async function snapshotsBetween(
  { organizationId, client, table }: OrganizationScope,
  from: string,
  to: string,
): Promise<UsageSnapshot[]> {
  const { data } = await UsageEntity.query
    .primary({ organizationId })
    .between({ date: from }, { date: to })
    .go({ client, table, pages: 'all' });
  return data.map((item) => UsageSnapshot.parse(item));
}
