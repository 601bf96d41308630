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

/** The templates of an organization's partitions, each once, with a kind that has it. */
const templates = (kinds: readonly ItemKind[]): Map<string, ItemKind> =>
  new Map(
    kinds
      .filter(({ key: [partition], isPlatforms }) => isPlatforms === undefined && partition.startsWith(owner))
      .map((kind) => [kind.key[0], kind]),
  );

/** The names in a partition's template beside the organization's. */
export const ownNames = (template: string): string[] =>
  namesIn(template).filter((name) => name !== 'organizationId');

/** The kinds whose sort key is the value of a name and nothing else: they list that name's values. */
export const listersOf = (name: string, kinds: readonly ItemKind[]): ItemKind[] =>
  kinds.filter(
    ({ key: [partition, sort], isPlatforms }) =>
      sort === `{${name}}` && ownNames(partition).length === 0 && isPlatforms === undefined,
  );

/**
 * The months that may have audit entries: those since the organization was created, and what an import
 * brought.
 */
async function months(scope: OrganizationScope, now: Date): Promise<string[]> {
  const noted = await findOlderAuditMonths(scope);
  const until = monthOf(new Date(now.getTime() + 2 * 86_400_000).toISOString());
  // Entries can be dated by a stream that was late, and by a clock that was a little early.
  const first = new Date(Date.parse(noted?.createdAt || '2026-01-01') - 2 * 86_400_000).toISOString();
  const all = new Set(noted?.months ?? []);
  for (let month = monthOf(first); month <= until; month = monthAfter(month)) all.add(month);
  return [...all].toSorted();
}

function monthAfter(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
}

/** The values that a name has in an organization's partition keys. */
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
  // A KPI names its people, also those who aren't users any more.
  if (name === 'userId')
    for await (const { items } of pagesOf(scope, `${scope.organizationId}#kpi`))
      for (const { assigneeIds } of items)
        if (Array.isArray(assigneeIds)) for (const one of assigneeIds) values.add(String(one));
  return [...values].toSorted();
}

/**
 * Every partition that an organization may have items in, from the declarations of all nouns: those that are
 * found by what stands in others come first, so that nothing is lost by going through them in this order.
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
