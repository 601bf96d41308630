import * as z from 'zod/mini';
import { OrganizationId } from '../ids.ts';
import { entityOf } from '../table/entity.ts';
import type { EntityOf } from '../table/item.ts';
import {
  directoryIndex,
  directoryOrders,
  directoryShards,
  directoryShardsBefore,
  shardOf,
} from '../table/layout.ts';
import { type Item, queryItems } from '../table/query.ts';
import type { ControlPlane } from '../table/scope.ts';
import { type Condition, conditionsOf, type DirectoryFilter, endsBetween } from './directory-filter.ts';
import { directoryName, findRows, showListed, showRow } from './directory-row.ts';
import { DirectoryRowItem } from './organization.noun.ts';
import type { DirectoryOrganization, ListedOrganization, organizationOrders } from './organization.schema.ts';

/** An organization of a list, and the position after it. */
export interface Listed {
  readonly organization: ListedOrganization;
  position(): string;
}

const Row = z.tuple([OrganizationId, z.union([z.string(), z.number()])]);
type Row = z.infer<typeof Row>;

/** How far one shard was read: not at all, up to a row (organization and sort key), or to the end. */
const Place = z.union([z.enum(['start', 'end']), Row]);
type Place = z.infer<typeof Place>;

/** One shard of the directory while it is read in order. */
interface Stream {
  /** Rows that were read but not used yet. */
  waiting: Item[];
  place: Place;
  /** Where the next query starts: after the last row examined, whether it matched or not. */
  next: Place;
}

/** How to read each shard: the query after a row, and the number of rows to examine. */
interface Reading {
  query(shard: number, limit: number): object;
  startKey(shard: number, row: Row): Item;
  /** The position of a row, or of a row's key. */
  rowOf(item: Item): Row;
  /** Negative when the first comes before the second. */
  compare(a: Item, b: Item): number;
  /** Rows of a shard to examine in the first query; later queries examine more, see `growth`. */
  readonly first: number;
}

const isEmpty = ({ waiting, next }: Stream) => waiting.length === 0 && next !== 'end';

// If many rows match a filter, one more query is enough; if hardly any do, a few are.
const growth = 4;
// More rows than fit into the megabyte that DynamoDB examines per query.
const most = 10_000;

async function refill(plane: ControlPlane, reading: Reading, streams: readonly Stream[], answer: number) {
  const empty = [...streams.entries()].filter(([, stream]) => isEmpty(stream));
  await Promise.all(
    empty.map(async ([shard, stream]) => {
      const parameters = reading.query(shard, Math.min(reading.first * growth ** answer, most));
      const start = typeof stream.next === 'string' ? undefined : reading.startKey(shard, stream.next);
      const { items, lastKey } = await queryItems(plane, parameters, start);
      stream.waiting = [...items];
      stream.next = lastKey === undefined ? 'end' : reading.rowOf(lastKey);
      if (items.length === 0) stream.place = stream.next;
    }),
  );
  return empty.length > 0;
}

/**
 * Takes the first of all buffered rows; undefined if there is none. Among equal rows it takes the one of
 * the shard with the largest buffer, so that other shards aren't queried too early.
 */
function takeFirst(streams: readonly Stream[], { compare, rowOf }: Reading): Item | undefined {
  let best: { stream: Stream; item: Item } | undefined;
  for (const stream of streams) {
    const [item] = stream.waiting;
    if (item === undefined) continue;
    const difference = best === undefined ? -1 : compare(item, best.item);
    const fuller = best !== undefined && stream.waiting.length > best.stream.waiting.length;
    if (difference < 0 || (difference === 0 && fuller)) best = { stream, item };
  }
  if (best === undefined) return undefined;
  const { stream, item } = best;
  stream.waiting.shift();
  stream.place = stream.waiting.length === 0 ? stream.next : rowOf(item);
  return item;
}

/** Merges the shards' rows into one order. `use` is called with each row and returns whether to continue. */
async function merge(
  plane: ControlPlane,
  reading: Reading,
  streams: readonly Stream[],
  use: (item: Item) => boolean,
): Promise<void> {
  for (let answer = 0; await refill(plane, reading, streams, answer); answer += 1)
    while (!streams.some(isEmpty)) {
      const item = takeFirst(streams, reading);
      if (item === undefined || !use(item)) return;
    }
}

/**
 * A position in the list: how far each shard was read. A position from before the directory grew has fewer
 * entries; the remaining shards count as unread.
 */
export const ListPosition = z.array(Place).check(
  z.minLength(1),
  z.refine((places) => places.length <= directoryShards),
);
type ListPosition = z.infer<typeof ListPosition>;

/** The order and the filter of a list. */
interface DirectoryView extends DirectoryFilter {
  readonly sort: (typeof organizationOrders)[number];
  readonly direction: 'asc' | 'desc';
}

const SortKey = z.union([z.string(), z.number()]);
const organizationOf = ({ pk }: Item) => OrganizationId.parse(String(pk).split('#')[0]);

/** DynamoDB's order: numbers by value, strings by their UTF-8 bytes. */
const compare = (a: unknown, b: unknown) =>
  typeof a === 'number' && typeof b === 'number'
    ? a - b
    : Buffer.compare(Buffer.from(String(a)), Buffer.from(String(b)));

/**
 * How many rows to request per shard for a page of `limit`: its share plus three standard deviations
 * (binomial). For about one page in several hundred that is too few, and the shard is queried again.
 */
const perShard = (limit: number) => {
  const share = limit / directoryShards;
  return Math.ceil(share + 3 * Math.sqrt(share * (1 - 1 / directoryShards)));
};

type RowCondition = Parameters<ReturnType<EntityOf<typeof DirectoryRowItem>['query']['name']>['where']>[0];

const meeting =
  (conditions: readonly Condition[]): RowCondition =>
  (row, operations) =>
    conditions.map(({ attribute, is, value }) => operations[is](row[attribute], value)).join(' AND ');

/** The rows of a shard that match: by the end of their plan, or by name. */
function fitting(view: DirectoryView, directoryShard: number) {
  const { query } = entityOf(DirectoryRowItem);
  const conditions = conditionsOf(view);
  if (view.sort !== 'planEnd') return query.name({ directoryShard }).where(meeting(conditions));
  const { from, to, others } = endsBetween(conditions);
  const between = query.planEnd({ directoryShard }).between({ planEndsOn: from }, { planEndsOn: to });
  return between.where(meeting(others));
}

function readingOf({ table }: ControlPlane, view: DirectoryView, limit: number): Reading {
  const { sort, direction } = view;
  const { name, sortKey, partitionKey } = sort === 'name' ? directoryIndex : directoryOrders[sort];
  const sign = direction === 'asc' ? 1 : -1;
  return {
    first: perShard(limit),
    // The orders share their partition keys; only the index differs, except for plan end.
    query: (shard, examined) => ({
      ...fitting(view, shard).params({ table, order: direction, limit: examined }),
      IndexName: name,
    }),
    startKey: (shard, [organizationId, value]) => ({
      ...entityOf(DirectoryRowItem).get({ organizationId }).params({ table }).Key,
      [partitionKey]: `platform#organizations#${shard}`,
      [sortKey]: value,
    }),
    rowOf: (item) => [organizationOf(item), SortKey.parse(item[sortKey])],
    compare: (a, b) => sign * compare(a[sortKey], b[sortKey]),
  };
}

/** Matching organizations in the requested order, after `position`; at most `limit`. */
export async function organizationsAfter(
  plane: ControlPlane,
  view: DirectoryView,
  position: ListPosition | undefined,
  limit: number,
): Promise<Listed[]> {
  const ends = endsBetween(conditionsOf(view));
  if (ends.from > ends.to) return [];
  const streams = Array.from({ length: directoryShards }, (_, shard): Stream => {
    const place = position?.[shard] ?? 'start';
    return { waiting: [], place, next: place };
  });
  const taken: { item: Item; position(): string }[] = [];
  await merge(plane, readingOf(plane, view, limit), streams, (item) => {
    const left = streams.map(({ place }) => place);
    taken.push({ item, position: () => JSON.stringify(left) });
    return taken.length < limit;
  });
  // The indexes of the other orders only project the attributes that filters need.
  const ids = view.sort === 'name' ? [] : taken.map(({ item }) => organizationOf(item));
  const rows = await findRows(plane, ids);
  return taken.flatMap(({ item, position: after }) => {
    const row = view.sort === 'name' ? item : rows.get(organizationOf(item));
    return row === undefined ? [] : [{ organization: showListed(row, view.today), position: after }];
  });
}

/** A position in one shard: the name of the last organization seen, as the directory compares names. */
export interface DirectoryPosition {
  readonly directoryName: string;
}

/** The position of an organization in its shard of the directory. */
export const directoryPosition = ({ name }: Pick<DirectoryOrganization, 'name'>): DirectoryPosition => ({
  directoryName: directoryName(name),
});

/** Rows of one directory key by name, after `position`; at most `limit`. */
async function rowsAt(
  { client, table }: ControlPlane,
  directoryShard: number,
  position: DirectoryPosition | undefined,
  limit: number,
): Promise<DirectoryOrganization[]> {
  const shard = entityOf(DirectoryRowItem).query.name({ directoryShard });
  const rows = position === undefined ? shard : shard.gt({ directoryName: position.directoryName });
  const { data } = await rows.go({ client, table, limit, pages: 1 });
  return data.map(showRow);
}

/** The same, limited to rows of one shard, for a key that also contains others. */
async function ownRowsAt(
  plane: ControlPlane,
  key: number,
  shard: number,
  from: DirectoryPosition | undefined,
  limit: number,
): Promise<DirectoryOrganization[]> {
  const own: DirectoryOrganization[] = [];
  let position = from;
  for (let more = true; more && own.length < limit; ) {
    const page = await rowsAt(plane, key, position, limit);
    own.push(...page.filter(({ id }) => shardOf(id, directoryShards) === shard));
    const last = page.at(-1);
    more = page.length === limit;
    position = last === undefined ? position : directoryPosition(last);
  }
  return own.slice(0, limit);
}

/**
 * Organizations of one shard by name, after `position`; at most `limit`. Scheduled jobs page through them.
 * While the directory grows, a row may be in either layout. The old one is read first, so that a row moved
 * meanwhile is found in at least one of them.
 */
export async function organizationsOfShard(
  plane: ControlPlane,
  shard: number,
  position: DirectoryPosition | undefined,
  limit: number,
): Promise<DirectoryOrganization[]> {
  const key = directoryShardsBefore === null ? shard : shard % directoryShardsBefore;
  if (directoryShardsBefore === null) return await rowsAt(plane, key, position, limit);
  const before = await ownRowsAt(plane, key, shard, position, limit);
  const now = key === shard ? [] : await ownRowsAt(plane, shard, shard, position, limit);
  const all = new Map([...before, ...now].map((row) => [row.id, row]));
  return [...all.values()]
    .toSorted((a, b) => compare(directoryName(a.name), directoryName(b.name)))
    .slice(0, limit);
}
