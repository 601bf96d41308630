import type { FunctionOutcome, Mapping } from '../resources.ts';
import { type Checkpoints, type Position, readableShards } from './checkpoints.ts';
import { type Delivery, deliver, type GivenUp } from './deliver.ts';
import { compileFilters, type Filter } from './filter.ts';
import {
  asOfItsItem,
  lambdaRecord,
  type ShardReader,
  type StreamIdentity,
  type StreamRecord,
  type StreamSource,
} from './stream.ts';
import type { WriteSignal } from './write-signal.ts';

interface ConsumerOptions {
  readonly mapping: Mapping;
  readonly source: StreamSource;
  readonly checkpoints: Checkpoints;
  /** The last record of example data in each shard, whose items contain their own write time. */
  readonly past?: Readonly<Record<string, string>> | undefined;
  readonly signal: WriteSignal;
  readonly invoke: (event: { readonly Records: readonly StreamRecord[] }) => Promise<FunctionOutcome>;
  readonly giveUp: (given: GivenUp, shardId: string) => Promise<void>;
  /** Milliseconds before the first retry; they double with each further one. */
  readonly firstBackOff: number;
}

/**
 * What the console shows of a consumer. Counts are of this run; records that came again are counted again.
 */
export interface ConsumerStatus {
  readonly mapping: string;
  readonly functionName: string;
  readonly delivered: number;
  readonly filtered: number;
  readonly givenUp: number;
  /** Whether everything has been processed. */
  readonly caughtUp: boolean;
  /** The last error, of the function or of reading. */
  readonly lastError: string | undefined;
}

export interface Consumer {
  status(): ConsumerStatus;
  /** Resolves when the signal has stopped and all invocations have ended. */
  readonly ended: Promise<void>;
}

const longestBackOff = 10_000;
const pauseAfterTrouble = 1000;
const pauseBetweenShardLists = 30_000;

/** Feeds one function from all shards of a stream, concurrently where their order allows it. */
export function startConsumer(options: ConsumerOptions): Consumer {
  const { mapping, source, checkpoints, signal } = options;
  const filter = compileFilters(mapping.filterPatterns);
  const counts = { delivered: 0, filtered: 0, givenUp: 0 };
  let lastError: string | undefined;
  const idle = new Set<string>();
  const tally: Tally = {
    setIdle: (shard, isIdle) => {
      if (isIdle) idle.add(shard);
      else idle.delete(shard);
    },
    count: (name, records) => {
      counts[name] += records;
    },
    note: (error) => {
      lastError = error;
    },
  };

  /** After an error of the engine or the disk, pauses and continues from the checkpoint. */
  async function retryUntilStopped(work: () => Promise<void>): Promise<void> {
    while (!signal.stopped)
      try {
        return await work();
      } catch (error) {
        lastError = error instanceof Error ? error.message : String(error);
        await signal.sleep(pauseAfterTrouble);
      }
  }

  const running = new Map<string, Promise<void>>();
  async function consumeAll(): Promise<void> {
    while (!signal.stopped) {
      for (const { id } of readableShards(await source.shards(), checkpoints)) {
        if (running.has(id)) continue;
        const work = retryUntilStopped(() => consumeShard(id, { ...options, filter, tally }));
        running.set(
          id,
          work.finally(() => {
            running.delete(id);
            idle.delete(id);
          }),
        );
      }
      // A shard that ends has children.
      await Promise.race([signal.sleep(pauseBetweenShardLists), ...running.values()]);
    }
  }

  const ended = retryUntilStopped(consumeAll).then(async () => {
    await Promise.all(running.values());
  });
  return {
    status: () => ({
      mapping: mapping.id,
      functionName: mapping.functionName,
      ...counts,
      caughtUp: running.size > 0 && running.size === idle.size,
      lastError,
    }),
    ended,
  };
}

interface Tally {
  setIdle(shard: string, isIdle: boolean): void;
  count(name: 'delivered' | 'filtered' | 'givenUp', records: number): void;
  note(error: string): void;
}

interface ShardWork extends ConsumerOptions {
  readonly filter: Filter;
  readonly tally: Tally;
}

async function consumeShard(shard: string, work: ShardWork): Promise<void> {
  const { mapping, source, checkpoints, signal, filter, tally } = work;
  const { label, timeToLive } = source;
  const stream = { arn: mapping.streamArn, label, timeToLive };
  const reader = source.open(shard, checkpoints.of(shard).after);
  while (!signal.stopped) {
    const onIdle = () => tally.setIdle(shard, true);
    const { time = 0 } = checkpoints.of(shard);
    const batch = await readBatch(reader, { mapping, filter, stream, signal, time, onIdle });
    tally.setIdle(shard, false);
    tally.count('filtered', batch.dropped);
    // If the product stops now, the checkpoint stays and the batch is repeated.
    if (signal.stopped || !(await deliver(batch.records, deliveryOf(shard, batch, work)))) return;
    if (batch.last !== undefined) checkpoints.advance(shard, batch.last);
    if (batch.closed) return checkpoints.finish(shard);
  }
}

const deliveryOf = (shard: string, batch: Batch, work: ShardWork): Delivery => ({
  mapping: work.mapping,
  now: () => Date.now() / 1000,
  async invoke(records) {
    work.tally.count('delivered', records.length);
    const outcome = await work.invoke({
      Records: records.map((record) => asOfItsItem(record, work.past?.[shard])),
    });
    if (!outcome.ok) work.tally.note(`${outcome.error.errorType}: ${outcome.error.errorMessage}`);
    return outcome;
  },
  async giveUp(given) {
    await work.giveUp(given, shard);
    work.tally.count('givenUp', given.records.length);
  },
  checkpoint(record) {
    const position = batch.positions.get(record);
    if (position !== undefined) work.checkpoints.advance(shard, position);
  },
  async backOff(retries) {
    const { signal, firstBackOff } = work;
    await signal.sleep(retries === 0 ? 0 : Math.min(firstBackOff * 2 ** (retries - 1), longestBackOff));
    return !signal.stopped;
  },
});

/** One batch, and how far the shard has been read for it. */
interface Batch {
  readonly records: readonly StreamRecord[];
  readonly positions: ReadonlyMap<StreamRecord, Position>;
  /** Where the last record read is, passed by the filter or not. */
  readonly last: Position | undefined;
  readonly dropped: number;
  readonly closed: boolean;
}

interface BatchOptions {
  readonly mapping: Mapping;
  readonly filter: Filter;
  readonly stream: StreamIdentity;
  readonly signal: WriteSignal;
  /** The latest time of the records read before, in epoch seconds. */
  readonly time: number;
  /** Called when there is nothing to read. */
  readonly onIdle: () => void;
}

/** Milliseconds between two reads of an idle shard; they double from the first to the second. */
const pollInterval = { shortest: 50, longest: 1000 };

/**
 * Reads until the batch is full or its window, which starts with the first record that passes the filter, is
 * over. Returns earlier if it has read records but none passed.
 */
async function readBatch(reader: ShardReader, options: BatchOptions): Promise<Batch> {
  const { mapping, filter, stream, signal } = options;
  const positions = new Map<StreamRecord, Position>();
  let last: Position | undefined;
  let dropped = 0;
  let closed = false;
  let windowEnd = Number.POSITIVE_INFINITY;
  let rest = pollInterval.shortest;

  const missing = () => mapping.batchSize - positions.size;
  while (!signal.stopped) {
    const seen = signal.writes;
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
    if (last === undefined) options.onIdle();
    await signal.waitForWrite(Math.min(rest, left), seen);
    rest = Math.min(rest * 2, pollInterval.longest);
  }
  return { records: [...positions.keys()], positions, last, dropped, closed };
}
