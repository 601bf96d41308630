import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as z from 'zod';
import { LocalProblem } from '../problem.ts';

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
