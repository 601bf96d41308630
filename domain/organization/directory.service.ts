import * as z from 'zod/mini';
import { OrganizationId } from '../ids.ts';
import { entityOf } from '../table/entity.ts';
import { directoryIndex, directoryOrders, directoryShards } from '../table/layout.ts';
import type { Item } from '../table/query.ts';
import type { ControlPlane } from '../table/scope.ts';
import { directoryName } from './directory.ts';
import { conditionsOf, type DirectoryFilter, endsBetween } from './directory-filter.ts';
import { type Listed, rowsOf, showRow } from './directory-rows.service.ts';
import { merge, Place, type Reading, streamsFrom } from './directory-streams.ts';
import { DirectoryRowItem } from './organization.noun.ts';
import type { ListedOrganization, organizationOrders } from './organization.schema.ts';

/** A place in the list: where each shard was left. */
export const ListPosition = z.array(Place).check(z.length(directoryShards));
type ListPosition = z.infer<typeof ListPosition>;

/** How the list is ordered and what it leaves out. */
export interface DirectoryView extends DirectoryFilter {
  readonly sort: (typeof organizationOrders)[number];
  readonly direction: 'asc' | 'desc';
}

const SortKey = z.union([z.string(), z.number()]);
const organizationOf = ({ pk }: Item) => OrganizationId.parse(String(pk).split('#')[0]);

/** As DynamoDB sorts: numbers by their value, text by its bytes in UTF-8. */
const compare = (a: unknown, b: unknown) =>
  typeof a === 'number' && typeof b === 'number'
    ? a - b
    : Buffer.compare(Buffer.from(String(a)), Buffer.from(String(b)));

/**
 * How many rows to ask of each shard for `limit` of all: its share and three standard deviations (binomial). Once in some hundred pages
 * that is too few, and the shard is asked again.
 */
const perShard = (limit: number) => {
  const share = limit / directoryShards;
  return Math.ceil(share + 3 * Math.sqrt(share * (1 - 1 / directoryShards)));
};

/** The rows of a shard that fit, by name. */
function fitting(filter: DirectoryFilter, directoryShard: number) {
  const rows = entityOf(DirectoryRowItem).query.name({ directoryShard });
  const conditions = conditionsOf(filter);
  if (conditions.length === 0) return rows;
  return rows.where((row, operations) =>
    conditions.map(({ attribute, is, value }) => operations[is](row[attribute], value)).join(' AND '),
  );
}

/** The rows of a shard that fit, by the end of their plan. */
function fittingByEnd(filter: DirectoryFilter, directoryShard: number) {
  const { from, to, others } = endsBetween(conditionsOf(filter));
  const rows = entityOf(DirectoryRowItem)
    .query.planEnd({ directoryShard })
    .between({ planEndsOn: from }, { planEndsOn: to });
  if (others.length === 0) return rows;
  return rows.where((row, operations) =>
    others.map(({ attribute, is, value }) => operations[is](row[attribute], value)).join(' AND '),
  );
}

function readingOf({ table }: ControlPlane, view: DirectoryView, limit: number): Reading {
  const { sort, direction } = view;
  const { name, sortKey, partitionKey } = sort === 'name' ? directoryIndex : directoryOrders[sort];
  const sign = direction === 'asc' ? 1 : -1;
  return {
    first: perShard(limit),
    query: (shard, examined) => {
      const rows = sort === 'planEnd' ? fittingByEnd(view, shard) : fitting(view, shard);
      // The orders have the same partition keys: but for the end of the plan, only the index differs.
      return { ...rows.params({ table, order: direction, limit: examined }), IndexName: name };
    },
    startKey: (shard, [organizationId, value]) => ({
      ...entityOf(DirectoryRowItem).get({ organizationId }).params({ table }).Key,
      [partitionKey]: `platform#organizations#${shard}`,
      [sortKey]: value,
    }),
    rowOf: (item) => [organizationOf(item), SortKey.parse(item[sortKey])],
    compare: (a, b) => sign * compare(a[sortKey], b[sortKey]),
  };
}

/** Organizations in the order asked for, of those that fit, after `position`; at most `limit`. */
export async function organizationsAfter(
  plane: ControlPlane,
  view: DirectoryView,
  position: ListPosition | undefined,
  limit: number,
): Promise<Listed[]> {
  const ends = endsBetween(conditionsOf(view));
  if (ends.from > ends.to) return [];
  const streams = streamsFrom(position ?? Array.from({ length: directoryShards }, () => 'start' as const));
  const taken: { item: Item; position(): string }[] = [];
  await merge(plane, readingOf(plane, view, limit), streams, (item) => {
    const places = streams.map(({ place }) => place);
    taken.push({ item, position: () => JSON.stringify(places) });
    return taken.length < limit;
  });
  if (view.sort === 'name')
    return taken.map(({ item, position: after }) => ({ organization: showRow(item), position: after }));
  // The indexes of the other orders hold only what is filtered by.
  const ids = taken.map(({ item }) => organizationOf(item));
  const rows = await rowsOf(plane, ids);
  return taken.flatMap(({ item, position: after }) => {
    const row = rows.get(organizationOf(item));
    return row === undefined ? [] : [{ organization: showRow(row), position: after }];
  });
}

/** A place in one shard of the directory: the name of the last organization seen, as the directory compares names. */
export interface DirectoryPosition {
  readonly directoryName: string;
}

/** Where an organization stands in its shard of the directory. */
export const directoryPosition = ({ name }: Pick<ListedOrganization, 'name'>): DirectoryPosition => ({
  directoryName: directoryName(name),
});

/** Organizations of one directory shard by name, after `position`; at most `limit`: what scheduled work pages through. */
export async function organizationsOfShard(
  { client, table }: ControlPlane,
  directoryShard: number,
  position: DirectoryPosition | undefined,
  limit: number,
): Promise<ListedOrganization[]> {
  const shard = entityOf(DirectoryRowItem).query.name({ directoryShard });
  const rows = position === undefined ? shard : shard.gt({ directoryName: position.directoryName });
  const { data } = await rows.go({ client, table, limit, pages: 1 });
  return data.map(showRow);
}
