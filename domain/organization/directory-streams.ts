import * as z from 'zod/mini';
import { OrganizationId } from '../ids.ts';
import { type Item, queryItems } from '../table/query.ts';
import type { ControlPlane } from '../table/scope.ts';

const Row = z.tuple([OrganizationId, z.union([z.string(), z.number()])]);
type Row = z.infer<typeof Row>;

/** Where one shard was left: before its first row, after a row (whose, and its sort key), or at the end. */
export const Place = z.union([z.enum(['start', 'end']), Row]);
export type Place = z.infer<typeof Place>;

/** One shard of the directory while it is read in order. */
export interface Stream {
  /** Rows read and not used yet. */
  waiting: Item[];
  place: Place;
  /** Where the next answer begins: after what was examined last, whether it fitted or not. */
  next: Place;
}

/** What is read, as each shard's query: after which row, and how many to examine at most. */
export interface Reading {
  query(shard: number, limit: number): object;
  startKey(shard: number, row: Row): Item;
  /** Where a row, or the key of one, stands. */
  rowOf(item: Item): Row;
  /** Negative when the first comes before the second. */
  compare(a: Item, b: Item): number;
  /** How many rows of a shard to examine in its first answer; each later one examines more, see `growth`. */
  readonly first: number;
}

/** Streams that go on from the places given. */
export const streamsFrom = (places: readonly Place[]): Stream[] =>
  places.map((place) => ({ waiting: [], place, next: place }));

const isEmpty = ({ waiting, next }: Stream) => waiting.length === 0 && next !== 'end';

// Where a fair part of the rows fits a filter, one answer more is enough, and where hardly any does, few are.
const growth = 4;
// More than the megabyte holds that DynamoDB examines at most.
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
 * Takes the first of all rows that wait; undefined when none does. Of equal ones it takes the one of the shard with the most waiting: the
 * others would have to be asked for more of them.
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

/** The shards' rows in one order, as if they were one list. `use` gets each and says whether to go on. */
export async function merge(
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
