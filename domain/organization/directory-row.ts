import type { OrganizationId } from '../ids.ts';
import { untilRead } from '../table/batch-read.ts';
import { entityOf } from '../table/entity.ts';
import { directoryShards, shardOf } from '../table/layout.ts';
import type { Item } from '../table/query.ts';
import type { ControlPlane, OrganizationScope } from '../table/scope.ts';
import { type Write, write } from '../table/transaction.ts';
import { adjust } from '../table/writes.ts';
import type { EarlierFacts, Signals } from './health.schema.ts';
import { healthOf } from './health-rules.schema.ts';
import type { Stage } from './onboarding.schema.ts';
import { DirectoryRowItem } from './organization.noun.ts';
import { DirectoryOrganization, type ListedOrganization } from './organization.schema.ts';
import type { Organization } from './profile.schema.ts';
import { wordsText } from './search-terms.ts';

/** A name as the directory compares it: case, the encoding of accents and runs of spaces don't matter. */
export const directoryName = (name: string): string =>
  name.trim().normalize('NFKC').toLowerCase().replaceAll('#', ' ').replaceAll(/\s+/g, ' ');

/** Later than every real end date, so that plans without an end sort last. */
const noEnd = '9999-12-31';

/** The earliest month that an audit entry may have. */
export const firstAuditMonth = '1970-01';

/** The attributes of a directory row that come from the organization's profile. */
export function rowOf(organization: Organization) {
  const { id: _, allowedDomains: __, metadata: ___, subscription, ...own } = organization;
  return {
    ...own,
    ...subscription,
    directoryName: directoryName(own.name),
    planEndsOn: subscription.endDate ?? noEnd,
    words: wordsText(organization),
  };
}

/** The row of a new organization, which no one has joined or used yet. */
export const firstRowOf = (organization: Organization) => ({
  ...rowOf(organization),
  lastActivityOn: organization.createdAt.slice(0, 10),
  stage: 'invited' as const,
  directoryShard: shardOf(organization.id, directoryShards),
  olderAuditMonthsFrom: firstAuditMonth,
  usersInOrder: true,
});

/**
 * The rows of these organizations by id, in one batch. Keys that DynamoDB leaves unprocessed are requested
 * again.
 */
export async function findRows(
  { client, table }: ControlPlane,
  ids: readonly OrganizationId[],
): Promise<Map<OrganizationId, Item>> {
  const rows = new Map<OrganizationId, Item>();
  const keys = [...new Set(ids)].map((organizationId) => ({ organizationId }));
  await untilRead(keys, async (left) => {
    const { data, unprocessed } = await entityOf(DirectoryRowItem)
      .get(left)
      .go({ client, table, concurrency: 3 });
    for (const row of data) rows.set(row.organizationId, { ...row });
    return unprocessed;
  });
  return rows;
}

/** The current names of these organizations, by id. */
export async function findNames(
  plane: ControlPlane,
  ids: readonly OrganizationId[],
): Promise<Map<OrganizationId, string>> {
  const rows = await findRows(plane, ids);
  return new Map([...rows].map(([id, { name }]) => [id, String(name)]));
}

/** A row, as the organization it describes. */
export function showRow(row: Item): DirectoryOrganization {
  const { plan, startDate, endDate } = row;
  return DirectoryOrganization.parse({
    ...row,
    id: row.organizationId,
    subscription: { plan, startDate, ...(endDate === undefined ? {} : { endDate }) },
    counts: row,
  });
}

/** A row as the list shows it on a day. */
export function showListed(row: Item, today: string): ListedOrganization {
  const whole = showRow(row);
  const { reached: _, suspendedAt: __, reactivatedAt: ___, weekAgo: ____, ...organization } = whole;
  return { ...organization, health: healthOf(whole, today) };
}

/**
 * The write that records the day (UTC) on which the organization was last used. It is refused for a day that
 * isn't later than the recorded one.
 */
export const noteActivityOn = (scope: OrganizationScope, day: string): Write =>
  adjust(
    scope,
    DirectoryRowItem,
    {},
    { set: { lastActivityOn: day }, where: ({ lastActivityOn }, { lt }) => lt(lastActivityOn, day) },
  );

/** What a scheduled run has computed about an organization. */
interface FoundState {
  readonly stage: Stage;
  readonly signals?: Signals;
  readonly reached?: DirectoryOrganization['reached'];
  /** Null if nothing is known of that time. */
  readonly weekAgo?: EarlierFacts | null;
}

/**
 * Stores an organization's onboarding stage, for the directory's filter, and its health signals. Doesn't
 * recreate the row of an organization that was deleted meanwhile.
 */
export async function noteState(scope: OrganizationScope, found: FoundState): Promise<void> {
  await write(scope, adjust(scope, DirectoryRowItem, {}, { set: { ...found } }));
}

/** Whether every user of the organization has a place in the lists by name and by joining. */
export async function areUsersInOrder({
  organizationId,
  client,
  table,
}: OrganizationScope): Promise<boolean> {
  const { data } = await entityOf(DirectoryRowItem).get({ organizationId }).go({ client, table });
  return data?.usersInOrder === true;
}

/** Records that all users have their places. */
export async function noteUsersInOrder(scope: OrganizationScope): Promise<void> {
  await write(scope, adjust(scope, DirectoryRowItem, {}, { set: { usersInOrder: true } }));
}

/**
 * The months before an organization's creation that have audit entries, as its row records them; null without
 * a row.
 */
export async function findOlderAuditMonths({ organizationId, client, table }: OrganizationScope) {
  const { data } = await entityOf(DirectoryRowItem).get({ organizationId }).go({ client, table });
  if (data === null) return null;
  const { createdAt = '', olderAuditMonths: months, olderAuditMonthsFrom: from } = data;
  return { createdAt, months: [...(months ?? [])], from };
}

/**
 * Records such months and, if known, the month from which the record is complete. Months are only ever
 * added, so concurrent writes lose none.
 */
export async function noteOlderAuditMonths(
  scope: OrganizationScope,
  { months, from }: { readonly months: readonly string[]; readonly from?: string },
): Promise<void> {
  const more = months.length > 0 ? { olderAuditMonths: new Set(months) } : {};
  const noted = adjust(scope, DirectoryRowItem, {}, { set: { olderAuditMonthsFrom: from }, add: more });
  await write(scope, noted);
}
