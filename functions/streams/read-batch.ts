import type { Logger } from '@aws-lambda-powertools/logger';
import type { Context, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { OrganizationId } from '../../domain/ids.ts';
import { kindOf } from '../../domain/nouns.ts';
import { backoff } from '../../domain/table/backoff.ts';
import { stampOfDeletion } from '../../domain/table/deletion-record.ts';
import { partsOfKey } from '../../domain/table/kinds.ts';
import type { OrganizationScope } from '../../domain/table/scope.ts';
import type { roleClient } from '../../domain/table/tables.ts';
import { recordSetAside } from '../../events/alarming.ts';
import {
  type Change,
  changeOf,
  isBookkeeping,
  type Removal,
  StreamRecord,
  unstampedNounOf,
} from '../../events/change.ts';
import { isBusy, isInvalid } from '../aws/busy.ts';
import { plain } from '../aws/stream-image.ts';
import type { Finder, SetAside } from './set-aside.ts';

interface Reader {
  readonly logger: Logger;
  /** Reads the tombstones, which say who removed an item. */
  readonly tombstones: ReturnType<typeof roleClient>;
  readonly setAside: SetAside;
  handle(change: Change): Promise<void>;
}

type Invocation = Finder & Pick<Context, 'getRemainingTimeInMillis'>;

/** A batch of the stream, or one that comes again from the failure bucket. */
export interface Batch extends DynamoDBStreamEvent {
  /** It comes from there, so that nothing of it need be put there. */
  readonly replayed?: boolean;
}

/** Says that a record can't be read: not now, and not later either. */
class Unreadable extends Error {
  override readonly name = 'Unreadable';
}

function reading<Value>(read: () => Value): Value {
  try {
    return read();
  } catch (cause) {
    throw new Unreadable(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/**
 * Who deletes items whose time to live has passed. Source: DynamoDB Developer Guide, "DynamoDB Streams and
 * Time to Live".
 */
const timeToLive = 'dynamodb.amazonaws.com';

/** The change that a record is, or null for bookkeeping. */
async function changeIn(raw: DynamoDBRecord, { tombstones }: Reader): Promise<Change | null> {
  const record = reading(() => parse(raw));
  const kind = kindOf(record.key);
  if (isBookkeeping(kind)) return null;
  const { userIdentity } = raw;
  const expired = userIdentity?.type === 'Service' && userIdentity.principalId === timeToLive;
  // What an access event recorded is in the trail.
  if (expired && kind?.name === 'accessEvent') return null;
  const organizationId = reading(() => OrganizationId.parse(partsOfKey(record.key.pk).organization));
  const removal = expired ? expiry(record) : await removalIn(record, { organizationId, ...tombstones });
  return reading(() => changeOf(record, removal));
}

const parse = ({ eventID, eventName, dynamodb }: DynamoDBRecord): StreamRecord =>
  StreamRecord.parse({
    eventID,
    eventName,
    at: dynamodb?.ApproximateCreationDateTime,
    sequence: dynamodb?.SequenceNumber,
    key: plain(dynamodb?.Keys),
    before: plain(dynamodb?.OldImage),
    after: plain(dynamodb?.NewImage),
  });

function expiry({ eventID, key, at }: StreamRecord): Removal {
  const action = `${unstampedNounOf(kindOf(key))}.expired`;
  return {
    changed: { by: 'system:expiry', role: 'system', action, requestId: eventID },
    at: new Date(at * 1000).toISOString(),
  };
}

async function removalIn(
  { eventName, key, before }: StreamRecord,
  scope: OrganizationScope,
): Promise<Removal | null> {
  if (eventName !== 'REMOVE' || typeof before?.revision !== 'number' || typeof before.createdAt !== 'string')
    return null;
  const { createdAt, revision } = before;
  const entity = kindOf(key)?.name ?? 'unknown';
  return await stampOfDeletion(scope, { entity, sortKey: key.sk, createdAt, revision });
}

// Longer than the longest wait and the attempt after it, so that no invocation ends without an answer.
const reserveMs = 30_000;
/** Attempts after which waits grow no longer: by then they are of up to 6.4 seconds. */
const longestWait = 8;

/** Whether a record fails by itself, so that it would fail at every attempt. */
const isHopeless = (error: unknown): boolean => error instanceof Unreadable || isInvalid(error);

/**
 * Handles one record, waiting for as long as a service is busy and the invocation has time. Answers how often
 * it waited.
 */
async function handled(record: DynamoDBRecord, reader: Reader, invocation: Invocation): Promise<number> {
  for (let waits = 0; ; waits += 1) {
    try {
      const change = await changeIn(record, reader);
      if (change !== null) await reader.handle(change);
      return waits;
    } catch (error) {
      if (!isBusy(error) || invocation.getRemainingTimeInMillis() < reserveMs) throw error;
      await backoff(Math.min(waits + 1, longestWait));
    }
  }
}

/** For how long a replay waits for a busy service: what it replays stays in the bucket meanwhile. */
const replayPatienceMs = 60_000;

/** An invocation that has less time than it is given. */
function hurried(invocation: Invocation): Invocation {
  const end = Date.now() + replayPatienceMs + reserveMs;
  const getRemainingTimeInMillis = () =>
    Math.min(invocation.getRemainingTimeInMillis(), Math.max(0, end - Date.now()));
  return { ...invocation, getRemainingTimeInMillis };
}

/**
 * Handles a stream batch in order and stops at the first record that fails: its sequence number is the
 * checkpoint Lambda tries again from. Source: AWS Lambda, reporting batch item failures for DynamoDB Streams.
 *
 * Lambda tries the same record until it succeeds or the stream forgets it, and all behind it wait. So a record
 * that would never succeed goes into the failure bucket at once. A busy service is waited for here, which is
 * cheaper than to be invoked again and again.
 */
export async function readBatch(
  batch: Batch,
  given: Invocation,
  reader: Reader,
): Promise<DynamoDBBatchResponse> {
  const { Records, replayed = false } = batch;
  const invocation = replayed ? hurried(given) : given;
  const { logger, setAside } = reader;
  let waits = 0;

  async function settle(record: DynamoDBRecord): Promise<void> {
    try {
      waits += await handled(record, reader, invocation);
    } catch (error) {
      if (replayed || !isHopeless(error)) throw error;
      await setAside(record, invocation);
      logger.error(recordSetAside, { eventId: record.eventID, error });
    }
  }
  try {
    for (const record of Records) {
      try {
        await settle(record);
      } catch (error) {
        logger.error('record failed', {
          eventId: record.eventID,
          error: error instanceof Error ? error : String(error),
        });
        return { batchItemFailures: [{ itemIdentifier: record.dynamodb?.SequenceNumber ?? '' }] };
      }
    }
    return { batchItemFailures: [] };
  } finally {
    if (waits > 0) logger.warn('waited for a busy service', { waits });
  }
}
