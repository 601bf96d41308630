import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { LocalProblem } from '../../problem.ts';
import type { Mapping } from '../resources.ts';
import type { Shard, StreamSource } from './stream.ts';

const shardProgress = z.object({
  /** The engine's sequence number of the last processed record. */
  after: z.string().optional(),
  /**
   * The latest time of a record so far, in epoch seconds: the stream's clock never goes back, even if the
   * machine's does.
   */
  time: z.number().optional(),
  /** The shard is closed and completely processed: its children may be read. */
  finished: z.boolean().default(false),
});
const progress = z.object({ stream: z.string(), shards: z.record(z.string(), shardProgress) });

type ShardProgress = z.infer<typeof shardProgress>;

/** A position in a shard. */
export interface Position {
  readonly after: string;
  readonly time: number;
}

/** A consumer's progress, kept in a file, so that a kill repeats at most the interrupted batch. */
export interface Checkpoints {
  /** Nothing is known yet: the consumer sees this stream for the first time. */
  readonly isNew: boolean;
  /** Records that the stream is known, and after which record to read each shard. */
  begin(positions: Readonly<Record<string, string>>): void;
  of(shard: string): ShardProgress;
  advance(shard: string, position: Position): void;
  finish(shard: string): void;
}

/** Opens a consumer's file. Progress of another stream (of a table that was recreated) is discarded. */
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
    // Rename is atomic: a kill leaves the old checkpoint or the new one.
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
 * Shards that may be read now: unfinished ones whose parent is finished or gone. Otherwise changes of a key
 * could overtake each other.
 */
export const readableShards = (shards: readonly Shard[], checkpoints: Checkpoints): Shard[] =>
  shards.filter((shard) => {
    const parent = shards.find(({ id }) => id === shard.parent);
    const parentDone = parent === undefined || checkpoints.of(parent.id).finished;
    return parentDone && !checkpoints.of(shard.id).finished;
  });

/**
 * Sets a new mapping's starting position. LATEST skips the existing records once; later ones are never
 * skipped, not even those written while the product is down.
 */
export async function fixStart(
  { startingPosition }: Mapping,
  source: StreamSource,
  checkpoints: Checkpoints,
): Promise<void> {
  if (!checkpoints.isNew) return;
  checkpoints.begin(startingPosition === 'LATEST' ? await newestRecords(source) : {});
}

/** The newest record of each shard that has any. */
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

/** Records that everything in the streams so far is example data, dated in the past. */
export async function notePast(stateDirectory: string, sources: Iterable<StreamSource>): Promise<void> {
  const past: z.infer<typeof Past> = {};
  for (const source of sources) past[source.label] = await newestRecords(source);
  const file = fileIn(stateDirectory);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(past));
}

/** The last record of example data in each shard of a stream, if there are any. */
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
