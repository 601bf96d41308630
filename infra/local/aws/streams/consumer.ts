import type { FunctionOutcome } from '../function-outcome.ts';
import type { Checkpoints } from './checkpoints.ts';
import { type Delivery, deliver, type GivenUp } from './deliver.ts';
import { compileFilters, type Filter } from './filter.ts';
import { type Gathered, gather } from './gather.ts';
import type { Mapping } from './mapping.ts';
import type { Pulse } from './pulse.ts';
import { asOfItsItem, type StreamRecord } from './record.ts';
import { readableShards } from './shard-order.ts';
import type { StreamSource } from './stream-source.ts';

export interface ConsumerOptions {
  readonly mapping: Mapping;
  readonly source: StreamSource;
  readonly checkpoints: Checkpoints;
  /** Up to which record of a shard items tell when they were written: those of the example data. */
  readonly past?: Readonly<Record<string, string>> | undefined;
  readonly pulse: Pulse;
  readonly invoke: (event: { readonly Records: readonly StreamRecord[] }) => Promise<FunctionOutcome>;
  readonly giveUp: (given: GivenUp, shardId: string) => Promise<void>;
  /** Milliseconds before a failed attempt is repeated the first time; they double with each repetition. */
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
  /** Whether everything that was there has been handled, and nothing is under way. */
  readonly caughtUp: boolean;
  /** What last went wrong, in the function or in reading. */
  readonly lastError: string | undefined;
}

export interface Consumer {
  status(): ConsumerStatus;
  /** Resolves when the pulse has stopped and nothing is under way any more. */
  readonly ended: Promise<void>;
}

const longestBackOff = 10_000;
const pauseAfterTrouble = 1000;
const pauseBetweenShardLists = 30_000;

/** Feeds one function from every shard of a stream, side by side where the shards allow it. */
export function startConsumer(options: ConsumerOptions): Consumer {
  const { mapping, source, checkpoints, pulse } = options;
  const filter = compileFilters(mapping.filterPatterns);
  const counts = { delivered: 0, filtered: 0, givenUp: 0 };
  let lastError: string | undefined;
  const resting = new Set<string>();
  const tally: Tally = {
    rests: (shard, rests) => {
      if (rests) resting.add(shard);
      else resting.delete(shard);
    },
    count: (name, records) => {
      counts[name] += records;
    },
    note: (error) => {
      lastError = error;
    },
  };

  /** Goes on after trouble of the engine or the disk, from the checkpoint, after a pause. */
  async function persistently(work: () => Promise<void>): Promise<void> {
    while (!pulse.stopped)
      try {
        return await work();
      } catch (error) {
        lastError = error instanceof Error ? error.message : String(error);
        await pulse.pause(pauseAfterTrouble);
      }
  }

  const running = new Map<string, Promise<void>>();
  async function consumeAll(): Promise<void> {
    while (!pulse.stopped) {
      for (const { id } of readableShards(await source.shards(), checkpoints)) {
        if (running.has(id)) continue;
        const work = persistently(() => consumeShard(id, { ...options, filter, tally }));
        running.set(
          id,
          work.finally(() => {
            running.delete(id);
            resting.delete(id);
          }),
        );
      }
      // A shard that ends has children.
      await Promise.race([pulse.pause(pauseBetweenShardLists), ...running.values()]);
    }
  }

  const ended = persistently(consumeAll).then(async () => {
    await Promise.all(running.values());
  });
  return {
    status: () => ({
      mapping: mapping.id,
      functionName: mapping.functionName,
      ...counts,
      caughtUp: running.size > 0 && running.size === resting.size,
      lastError,
    }),
    ended,
  };
}

interface Tally {
  rests(shard: string, rests: boolean): void;
  count(name: 'delivered' | 'filtered' | 'givenUp', records: number): void;
  note(error: string): void;
}

interface ShardWork extends ConsumerOptions {
  readonly filter: Filter;
  readonly tally: Tally;
}

async function consumeShard(shard: string, work: ShardWork): Promise<void> {
  const { mapping, source, checkpoints, pulse, filter, tally } = work;
  const { label, timeToLive } = source;
  const stream = { arn: mapping.streamArn, label, timeToLive };
  const reader = source.open(shard, checkpoints.of(shard).after);
  while (!pulse.stopped) {
    const onRest = () => tally.rests(shard, true);
    const { time = 0 } = checkpoints.of(shard);
    const batch = await gather(reader, { mapping, filter, stream, pulse, time, onRest });
    tally.rests(shard, false);
    tally.count('filtered', batch.dropped);
    // A stop in the middle leaves the checkpoint where it is: the batch comes again.
    if (pulse.stopped || !(await deliver(batch.records, deliveryOf(shard, batch, work)))) return;
    if (batch.last !== undefined) checkpoints.advance(shard, batch.last);
    if (batch.closed) return checkpoints.finish(shard);
  }
}

const deliveryOf = (shard: string, batch: Gathered, work: ShardWork): Delivery => ({
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
    const { pulse, firstBackOff } = work;
    await pulse.pause(retries === 0 ? 0 : Math.min(firstBackOff * 2 ** (retries - 1), longestBackOff));
    return !pulse.stopped;
  },
});
