import type { Logger } from '@aws-lambda-powertools/logger';
import type { Context, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { recordSetAside } from '../../events/alarming.ts';
import type { Change } from '../../events/change.ts';
import { isInvalid } from '../aws/busy.ts';
import { Patience } from './patience.ts';
import { changeIn, type Tombstones, Unreadable } from './read-change.ts';
import type { Finder, SetAside } from './set-aside.ts';

/** How a handler deals with a change that fails. */
export interface Care {
  /** Waits for throttling services. */
  readonly patience: Patience;
  /** Sets aside a change that would fail on every attempt; rethrows any other error. */
  giveUp(change: Change, error: unknown): Promise<void>;
}

interface Reader {
  readonly logger: Logger;
  readonly tombstones: Tombstones;
  readonly setAside: SetAside;
  /** Handles a batch's changes in order. Returns those to be delivered again, with their errors. */
  handle(changes: readonly Change[], care: Care): Promise<ReadonlyMap<Change, unknown>>;
}

type Invocation = Finder & Pick<Context, 'getRemainingTimeInMillis'>;

/** A batch from the stream, or one replayed from the failure bucket. */
export interface Batch extends DynamoDBStreamEvent {
  /** Replayed records are already in the bucket and aren't stored there again. */
  readonly replayed?: boolean;
}

/** How long a replay waits for a throttling service; its records stay in the bucket meanwhile. */
const replayPatienceMs = 60_000;

/** Whether a record itself causes the failure, so that every attempt would fail. */
const isHopeless = (error: unknown): boolean => error instanceof Unreadable || isInvalid(error);

/** A record that has to be delivered again, and why. */
interface Failed {
  readonly record: DynamoDBRecord | undefined;
  readonly error: unknown;
}

/** Reads the changes of records in order, up to the first that is temporarily unreadable. */
async function changesIn(
  records: readonly DynamoDBRecord[],
  read: (record: DynamoDBRecord) => Promise<Change | null>,
  giveUp: (record: DynamoDBRecord, error: unknown) => Promise<void>,
): Promise<{ readonly changes: Map<Change, DynamoDBRecord>; readonly unread: Failed | null }> {
  const changes = new Map<Change, DynamoDBRecord>();
  for (const record of records) {
    try {
      const change = await read(record).catch(async (error: unknown) => {
        await giveUp(record, error);
        return null;
      });
      if (change !== null) changes.set(change, record);
    } catch (error) {
      return { changes, unread: { record, error } };
    }
  }
  return { changes, unread: null };
}

/**
 * Handles a stream batch and returns the first record that failed: its sequence number is the checkpoint
 * from which Lambda retries. Later records may have been handled already, and are delivered again. Source:
 * AWS Lambda, reporting batch item failures for DynamoDB Streams.
 * Lambda retries a record until it succeeds or expires from the stream, and blocks all records behind it.
 * So a record that can never succeed goes into the failure bucket at once. A throttling service is waited
 * for here, which is cheaper than repeated invocations.
 */
export async function readBatch(
  { Records, replayed = false }: Batch,
  invocation: Invocation,
  { logger, tombstones, setAside, handle }: Reader,
): Promise<DynamoDBBatchResponse> {
  const patience = new Patience(invocation, replayed ? replayPatienceMs : undefined);
  async function giveUp(record: DynamoDBRecord, error: unknown): Promise<void> {
    if (replayed || !isHopeless(error)) throw error;
    await setAside(record, invocation);
    logger.error(recordSetAside, { eventId: record.eventID, error });
  }

  const read = (record: DynamoDBRecord) => patience.until(() => changeIn(record, tombstones));
  const { changes, unread } = await changesIn(Records, read, giveUp);
  const all = [...changes.keys()];
  const failures = await handle(all, {
    patience,
    async giveUp(change, error) {
      const record = changes.get(change);
      if (record === undefined) throw error;
      await giveUp(record, error);
    },
  });
  if (patience.waits > 0) logger.warn('waited for a busy service', { waits: patience.waits });
  const first = all.find((change) => failures.has(change));
  const failed: Failed | null =
    first === undefined ? unread : { record: changes.get(first), error: failures.get(first) };
  if (failed === null) return { batchItemFailures: [] };
  const { record, error } = failed;
  logger.error('record failed', {
    eventId: record?.eventID,
    error: error instanceof Error ? error : String(error),
  });
  return { batchItemFailures: [{ itemIdentifier: record?.dynamodb?.SequenceNumber ?? '' }] };
}

/** Handles changes one after the other, and stops at the first that fails. */
export const oneByOne =
  (handle: (change: Change) => Promise<void>): Reader['handle'] =>
  async (changes, { patience, giveUp }) => {
    for (const change of changes) {
      try {
        await patience.until(() => handle(change)).catch((error: unknown) => giveUp(change, error));
      } catch (error) {
        return new Map([[change, error]]);
      }
    }
    return new Map();
  };
