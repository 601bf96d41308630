import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { LocalProblem } from '../../problem.ts';
import type { Mapping } from '../resources.ts';
import type { Shard, StreamSource } from './stream.ts';

const shardProgress = z.object({
  /** The engine's sequence number of the last record that is done. */
  after: z.string().optional(),
  /**
   * The latest time that a record up to there had, in epoch seconds: the stream's clock doesn't go back,
   * whatever the machine's does.
   */
  time: z.number().optional(),
  /** The shard is closed and all of it is done: its children may be read. */
  finished: z.boolean().default(false),
});
const progress = z.object({ stream: z.string(), shards: z.record(z.string(), shardProgress) });

type ShardProgress = z.infer<typeof shardProgress>;

/** A place in a shard. */
export interface Position {
  readonly after: string;
  readonly time: number;
}

/** How far a consumer has come, kept in a file, so that a kill repeats at most the batch it interrupted. */
export interface Checkpoints {
  /** Nothing is known yet: the consumer sees this stream for the first time. */
  readonly isNew: boolean;
  /** Notes that the stream has been seen, and after which record each shard is to be read. */
  begin(positions: Readonly<Record<string, string>>): void;
  of(shard: string): ShardProgress;
  advance(shard: string, position: Position): void;
  finish(shard: string): void;
}

/** Opens a consumer's file. What it says of another stream (the table was made anew) is forgotten. */
export function openCheckpoints(file: string, stream: string): Checkpoints {
  const known = readProgress(file);
  let isNew = known?.stream !== stream;
  const shards: Record<string, ShardProgress> = known?.stream === stream ? known.shards : {};

  function save(shard: string, change: Partial<ShardProgress>): void {
    shards[shard] = { finished: false, ...shards[shard], ...change };
    write();
  }
  function write(): void {
    mkdirSync(dirname(file), { recursive: true });
    // A rename replaces the file at once: a kill leaves the old checkpoint or the new one, never half of one.
    writeFileSync(`${file}.new`, JSON.stringify({ stream, shards }));
    renameSync(`${file}.new`, file);
  }
  return {
    get isNew() {
      return isNew;
    },
    begin(positions) {
      isNew = false;
      for (const [shard, after] of Object.entries(positions)) shards[shard] = { after, finished: false };
      write();
    },
    of: (shard) => shards[shard] ?? { finished: false },
    advance: (shard, position) => save(shard, position),
    finish: (shard) => save(shard, { finished: true }),
  };
}

function readProgress(file: string) {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
  try {
    return progress.parse(JSON.parse(text));
  } catch (cause) {
    throw new LocalProblem(
      `${file}, which says how far the stream has been read, is damaged. Delete it to read from the start, or run "npm run reset".`,
      { cause },
    );
  }
}

/**
 * Shards that may be read now: not done, and their parent done or gone from the stream. Else a key's changes
 * would overtake each other.
 */
export const readableShards = (shards: readonly Shard[], checkpoints: Checkpoints): Shard[] =>
  shards.filter((shard) => {
    const parent = shards.find(({ id }) => id === shard.parent);
    const parentDone = parent === undefined || checkpoints.of(parent.id).finished;
    return parentDone && !checkpoints.of(shard.id).finished;
  });

/**
 * Fixes where a mapping starts when it first sees a stream. With LATEST, the records that are there then are
 * passed over; what comes later never is, not even while this run is down.
 */
export async function fixStart(
  { startingPosition }: Mapping,
  source: StreamSource,
  checkpoints: Checkpoints,
): Promise<void> {
  if (!checkpoints.isNew) return;
  checkpoints.begin(startingPosition === 'LATEST' ? await newestRecords(source) : {});
}

/** The newest record of each shard that has any: where the stream is now. */
async function newestRecords(source: StreamSource): Promise<Record<string, string>> {
  const newest: Record<string, string> = {};
  for (const { id } of await source.shards()) {
    const last = await newestRecord(source, id);
    if (last !== undefined) newest[id] = last;
  }
  return newest;
}

async function newestRecord(source: StreamSource, shard: string): Promise<string | undefined> {
  const reader = source.open(shard, undefined);
  let newest: string | undefined;
  for (;;) {
    const { records, closed } = await reader.next(1000);
    newest = records.at(-1)?.dynamodb.SequenceNumber ?? newest;
    if (closed || records.length === 0) return newest;
  }
}

const Past = z.record(z.string(), z.record(z.string(), z.string()));

const fileIn = (stateDirectory: string) => join(stateDirectory, 'streams', 'past.json');

/** Notes that all that is in the streams now was written as if in the past: the example data. */
export async function notePast(stateDirectory: string, sources: Iterable<StreamSource>): Promise<void> {
  const past: z.infer<typeof Past> = {};
  for (const source of sources) past[source.label] = await newestRecords(source);
  const file = fileIn(stateDirectory);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(past));
}

/** Up to which record of each shard of a stream the example data reach; undefined where there are none. */
export function readPast(
  stateDirectory: string,
  label: string,
): Readonly<Record<string, string>> | undefined {
  try {
    return Past.parse(JSON.parse(readFileSync(fileIn(stateDirectory), 'utf8')))[label];
  } catch {
    return undefined;
  }
}
