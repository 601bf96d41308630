import type { Checkpoints } from './checkpoints.ts';
import type { Mapping } from './mapping.ts';
import type { Shard, StreamSource } from './stream-source.ts';

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
export async function newestRecords(source: StreamSource): Promise<Record<string, string>> {
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
