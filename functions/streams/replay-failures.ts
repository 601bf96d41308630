import * as z from 'zod/mini';
import { FailureObject } from '../../events/failure.ts';
import type { FailureBucket } from '../aws/failure-bucket.ts';

/** Dependencies of a replay. */
export interface Replay {
  readonly bucket: Pick<FailureBucket, 'waiting' | 'read' | 'close'>;
  /** Names of the functions that records may be replayed to. */
  readonly consumers: readonly string[];
  readonly invoke: (functionName: string, event: object) => Promise<unknown>;
  /** Whether there is time for another object. */
  readonly hasTime: () => boolean;
}

/** Records that can't be replayed yet, by event id. */
interface Failing {
  readonly key: string;
  readonly reason: string;
  readonly eventIds: readonly string[];
}

export interface ReplayReport {
  /** Completely replayed objects, and the number of their records. */
  readonly objects: number;
  readonly records: number;
  readonly failing: readonly Failing[];
  /** Objects left in the bucket. */
  readonly waiting: number;
}

/** The parts of a stream record that a replay needs. */
const StreamedRecord = z.looseObject({
  eventID: z.string(),
  dynamodb: z.looseObject({ SequenceNumber: z.string() }),
});
type StreamedRecord = z.infer<typeof StreamedRecord>;

const Payload = z.object({ Records: z.array(StreamedRecord) });
const Answer = z.object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })) });

// As many as the stream delivers at once, and below Lambda's event limit (6 MB).
const mostRecords = 100;
const mostCharacters = 2_000_000;

/**
 * Replays failed records to their functions, object by object in key order, and moves each object out of
 * the way once all its records are done. The functions are idempotent: an entry's id is that of its event.
 * An interrupted replay can simply be restarted.
 */
export async function replayFailures(replay: Replay): Promise<ReplayReport> {
  let [objects, records, waiting] = [0, 0, 0];
  const failing: Failing[] = [];
  for await (const key of replay.bucket.waiting()) {
    if (!replay.hasTime()) {
      waiting += 1;
      continue;
    }
    const outcome = await replayObject(key, replay);
    if ('reason' in outcome) {
      failing.push({ key, ...outcome });
      waiting += 1;
    } else {
      objects += 1;
      records += outcome.records;
    }
  }
  return { objects, records, failing, waiting };
}

type Outcome = { readonly records: number } | Omit<Failing, 'key'>;

async function replayObject(key: string, replay: Replay): Promise<Outcome> {
  const text = await replay.bucket.read(key);
  const failure = parsed(FailureObject, text);
  const payload = parsed(Payload, failure?.payload ?? '');
  if (failure === null || payload === null) return { reason: 'It is no failed batch.', eventIds: [] };
  const functionName = failure.requestContext.functionArn.split(':')[6] ?? '';
  const { Records } = payload;
  if (!replay.consumers.includes(functionName))
    return {
      reason: `${functionName} doesn't exist any more.`,
      eventIds: Records.map(({ eventID }) => eventID),
    };
  const failed: { readonly record: StreamedRecord; readonly reason: string }[] = [];
  for (const chunk of chunksOf(Records))
    failed.push(...(await replayRecords(chunk, (event) => replay.invoke(functionName, event))));
  const [first] = failed;
  if (first !== undefined)
    return { reason: first.reason, eventIds: failed.map(({ record }) => record.eventID) };
  await replay.bucket.close(key, text);
  return { records: Records.length };
}

/** Replays records in order, skipping those that fail. Returns the failed ones. */
async function replayRecords(
  records: readonly StreamedRecord[],
  invoke: (event: object) => Promise<unknown>,
): Promise<{ readonly record: StreamedRecord; readonly reason: string }[]> {
  const failed: { readonly record: StreamedRecord; readonly reason: string }[] = [];
  let left = records;
  while (left.length > 0) {
    const { at, reason } = await attempt(left, invoke);
    if (at === null) break;
    const record = left[at];
    if (record !== undefined) failed.push({ record, reason });
    left = left.slice(at + 1);
  }
  return failed;
}

/** Where a batch fails: at the record that the function reports, or at the first if it crashes. */
async function attempt(
  records: readonly StreamedRecord[],
  invoke: (event: object) => Promise<unknown>,
): Promise<{ readonly at: number | null; readonly reason: string }> {
  try {
    const { batchItemFailures } = Answer.parse(await invoke({ Records: records, replayed: true }));
    const numbers = batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
    const at = records.findIndex(({ dynamodb }) => numbers.includes(dynamodb.SequenceNumber));
    return { at: at === -1 ? null : at, reason: 'The function failed at it again: its log says why.' };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { at: 0, reason };
  }
}

function chunksOf(records: readonly StreamedRecord[]): StreamedRecord[][] {
  const chunks: StreamedRecord[][] = [];
  let size = 0;
  for (const record of records) {
    const characters = JSON.stringify(record).length;
    const last = chunks.at(-1);
    if (last !== undefined && last.length < mostRecords && size + characters < mostCharacters) {
      last.push(record);
      size += characters;
    } else {
      chunks.push([record]);
      size = characters;
    }
  }
  return chunks;
}

function parsed<Schema extends z.ZodMiniType>(schema: Schema, text: string): z.infer<Schema> | null {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
