import type { Position } from './checkpoints.ts';
import type { Filter } from './filter.ts';
import type { Mapping } from './mapping.ts';
import type { Pulse } from './pulse.ts';
import { lambdaRecord, type StreamIdentity, type StreamRecord } from './record.ts';
import type { ShardReader } from './stream-source.ts';

/** One batch, ready for its function, and how far the shard has been read for it. */
export interface Gathered {
  readonly records: readonly StreamRecord[];
  /** Where each record is. */
  readonly positions: ReadonlyMap<StreamRecord, Position>;
  /** Where the last record read is, passed by the filter or not. */
  readonly last: Position | undefined;
  readonly dropped: number;
  readonly closed: boolean;
}

export interface GatherOptions {
  readonly mapping: Mapping;
  readonly filter: Filter;
  readonly stream: StreamIdentity;
  readonly pulse: Pulse;
  /** The latest time of the records read before, in epoch seconds. */
  readonly time: number;
  /** Told when nothing is there to be read. */
  readonly onRest: () => void;
}

/**
 * Milliseconds between two looks at a shard in which nothing happens; they grow from the first to the second.
 */
const restBetweenLooks = { shortest: 50, longest: 1000 };

/**
 * Reads until a batch is full, its window is over, or, as long as nothing passes the filter, something was
 * read at all. The window opens with the first record that passes.
 */
export async function gather(reader: ShardReader, options: GatherOptions): Promise<Gathered> {
  const { mapping, filter, stream, pulse } = options;
  const positions = new Map<StreamRecord, Position>();
  let last: Position | undefined;
  let dropped = 0;
  let closed = false;
  let windowEnd = Number.POSITIVE_INFINITY;
  let rest = restBetweenLooks.shortest;

  const missing = () => mapping.batchSize - positions.size;
  while (!pulse.stopped) {
    const seen = pulse.beats;
    const page = await reader.next(Math.min(missing(), 1000));
    for (const raw of page.records) {
      const { SequenceNumber: after, ApproximateCreationDateTime } = raw.dynamodb;
      last = { after, time: Math.max(last?.time ?? options.time, ApproximateCreationDateTime) };
      const record = lambdaRecord(raw, stream, last.time);
      if (filter(record)) positions.set(record, last);
      else dropped += 1;
    }
    closed = page.closed;
    if (positions.size > 0)
      windowEnd = Math.min(windowEnd, Date.now() + mapping.batchingWindowSeconds * 1000);
    const left = windowEnd - Date.now();
    const nothingPassed = positions.size === 0 && last !== undefined;
    if (closed || missing() === 0 || nothingPassed || left <= 0) break;
    if (page.records.length > 0) continue;
    if (last === undefined) options.onRest();
    await pulse.rest(Math.min(rest, left), seen);
    rest = Math.min(rest * 2, restBetweenLooks.longest);
  }
  return { records: [...positions.keys()], positions, last, dropped, closed };
}
