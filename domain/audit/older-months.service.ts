import { DirectoryRowEntity } from '../organization/directory-row.entity.ts';
import { happened } from '../table/conditional.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { AuditEntity } from './audit.entity.ts';
import { monthOf, monthsDown } from './walk.ts';

async function rowOf({ organizationId, client, table }: OrganizationScope) {
  const { data } = await DirectoryRowEntity.get({ organizationId }).go({ client, table });
  return data;
}

/**
 * The months before an organization's beginning that have entries of it, the latest first: an import brought them. Costs one Get.
 * An organization that was there before such months were noted is searched, once.
 * @param beginning when the organization was created (ISO 8601)
 */
export async function olderMonths(scope: OrganizationScope, beginning: string): Promise<readonly string[]> {
  const row = await rowOf(scope);
  const noted = [...(row?.olderAuditMonths ?? [])];
  const months =
    row?.olderAuditMonthsKnown === true ? noted : [...noted, ...(await search(scope, beginning))];
  const first = monthOf(beginning);
  return [...new Set(months)]
    .filter((month) => month < first)
    .sort()
    .reverse();
}

/** Notes the months of entries that an import brings, before it writes them. Those since the beginning need no note. */
export async function noteOlderMonths(
  scope: OrganizationScope,
  timestamps: readonly string[],
): Promise<void> {
  const row = await rowOf(scope);
  const first = monthOf(row?.createdAt ?? '');
  const noted = row?.olderAuditMonths;
  const months = new Set(
    timestamps.map(monthOf).filter((month) => month < first && noted?.has(month) !== true),
  );
  if (months.size === 0) return;
  const { organizationId, client, table } = scope;
  // Months are only ever added, so that an import and a search at the same time lose none.
  const noting = DirectoryRowEntity.patch({ organizationId }).add({ olderAuditMonths: months });
  await happened(noting.go({ client, table }));
}

/** Before it no time of an import was taken. */
const earliest = '1970-01-01T00:00:00.000Z';
/** How many months are asked for at once. */
const atOnce = 48;

async function search(scope: OrganizationScope, beginning: string): Promise<string[]> {
  const [, ...months] = monthsDown(beginning, Number.POSITIVE_INFINITY, earliest);
  const found: string[] = [];
  for (let index = 0; index < months.length; index += atOnce) {
    const some = months.slice(index, index + atOnce);
    const full = await Promise.all(some.map((month) => hasEntry(scope, month)));
    found.push(...some.filter((_, at) => full[at]));
  }
  const { organizationId, client, table } = scope;
  const noting = DirectoryRowEntity.patch({ organizationId }).set({ olderAuditMonthsKnown: true });
  if (found.length > 0) noting.add({ olderAuditMonths: new Set(found) });
  await happened(noting.go({ client, table }));
  return found;
}

async function hasEntry(
  { organizationId, client, table }: OrganizationScope,
  month: string,
): Promise<boolean> {
  const { data } = await AuditEntity.query
    .primary({ organizationId, month })
    .go({ client, table, limit: 1, pages: 1, attributes: ['entryId'] });
  return data.length > 0;
}
