import { monthOf } from '../audit/paginate-trail.ts';
import { itemKinds } from '../nouns.ts';
import { findOlderAuditMonths } from '../organization/directory-row.ts';
import { deletedKeys } from '../table/deletion-record.ts';
import { type ItemKind, namesIn } from '../table/item.ts';
import { tableLayout } from '../table/layout.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { pagesOf } from '../table/stored-items.ts';

const { sortKey } = tableLayout;
const owner = '{organizationId}';

/** The templates of an organization's partitions, without duplicates, each with a kind that uses it. */
const templates = (kinds: readonly ItemKind[]): Map<string, ItemKind> =>
  new Map(
    kinds
      .filter(({ key: [partition], isPlatforms }) => isPlatforms === undefined && partition.startsWith(owner))
      .map((kind) => [kind.key[0], kind]),
  );

/** The variables in a partition template other than the organization's id. */
export const ownNames = (template: string): string[] =>
  namesIn(template).filter((name) => name !== 'organizationId');

/** Kinds whose sort key is just the value of a variable, so that they enumerate its values. */
export const listersOf = (name: string, kinds: readonly ItemKind[]): ItemKind[] =>
  kinds.filter(
    ({ key: [partition, sort], isPlatforms }) =>
      sort === `{${name}}` && ownNames(partition).length === 0 && isPlatforms === undefined,
  );

/** The months that may have audit entries: those since the organization was created, and imported ones. */
async function months(scope: OrganizationScope, now: Date): Promise<string[]> {
  const noted = await findOlderAuditMonths(scope);
  const until = monthOf(new Date(now.getTime() + 2 * 86_400_000).toISOString());
  // Entries may be dated by a late stream or by a clock that was slightly ahead.
  const first = new Date(Date.parse(noted?.createdAt || '2026-01-01') - 2 * 86_400_000).toISOString();
  const all = new Set(noted?.months ?? []);
  for (let month = monthOf(first); month <= until; month = monthAfter(month)) all.add(month);
  return [...all].toSorted();
}

function monthAfter(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
}

/** The values of a variable in an organization's partition keys. */
async function valuesOf(
  scope: OrganizationScope,
  name: string,
  kinds: readonly ItemKind[],
  now: Date,
): Promise<string[]> {
  if (name === 'month') return await months(scope, now);
  const values = new Set<string>();
  for (const kind of listersOf(name, kinds)) {
    const partition = kind.key[0].replace(owner, scope.organizationId);
    for await (const { items } of pagesOf(scope, partition))
      for (const item of items) values.add(String(item[sortKey]));
    for (const deleted of await deletedKeys(scope, kind.name)) values.add(deleted);
  }
  // A KPI's people include former users.
  if (name === 'userId')
    for await (const { items } of pagesOf(scope, `${scope.organizationId}#kpi`))
      for (const { assigneeIds } of items)
        if (Array.isArray(assigneeIds)) for (const one of assigneeIds) values.add(String(one));
  return [...values].toSorted();
}

/**
 * All partitions that may contain an organization's items, derived from the declarations of all nouns.
 * Partitions that are found through items in others come first, so that processing them in this order loses
 * none.
 */
export async function partitionsOf(
  scope: OrganizationScope,
  now: Date,
  kinds: readonly ItemKind[] = itemKinds,
): Promise<string[]> {
  const found: string[] = [];
  const fixed: string[] = [];
  for (const [template, { oneOf }] of templates(kinds)) {
    const own = template.replace(owner, scope.organizationId);
    const [name] = ownNames(template);
    if (name === undefined) fixed.push(own);
    else if (oneOf?.[name] !== undefined)
      fixed.push(...oneOf[name].map((one) => own.replace(`{${name}}`, one)));
    else for (const one of await valuesOf(scope, name, kinds, now)) found.push(own.replace(`{${name}}`, one));
  }
  return [...new Set([...found, ...fixed])];
}
