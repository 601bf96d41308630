import type { Logger } from '@aws-lambda-powertools/logger';
import type { Context, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { OrganizationId } from '../../domain/ids.ts';
import { kindOf } from '../../domain/nouns.ts';
import { backoff } from '../../domain/table/backoff.ts';
import { stampOfDeletion } from '../../domain/table/deletion-record.ts';
import { partsOfKey } from '../../domain/table/kinds.ts';
import type { roleClient } from '../../domain/table/tables.ts';
import {
  type Change,
  changeOf,
  isBookkeeping,
  type Removal,
  StreamRecord,
  unstampedNounOf,
} from '../../events/change.ts';
import { isBusy } from '../aws/busy.ts';
import { plain } from '../aws/stream-image.ts';

interface Reader {
  readonly logger: Logger;
  /** Reads the tombstones, which say who removed an item. */
  readonly tombstones: ReturnType<typeof roleClient>;
  handle(change: Change): Promise<void>;
}

/** How long an invocation has left. */
type Invocation = Pick<Context, 'getRemainingTimeInMillis'>;

/**
 * Who deletes items whose time to live has passed. Source: DynamoDB Developer Guide, "DynamoDB Streams and
 * Time to Live".
 */
const timeToLive = 'dynamodb.amazonaws.com';

/** The change that a record is, or null for bookkeeping. */
async function changeIn(
  { eventID, eventName, dynamodb, userIdentity }: DynamoDBRecord,
  { tombstones }: Reader,
): Promise<Change | null> {
  const record = StreamRecord.parse({
    eventID,
    eventName,
    at: dynamodb?.ApproximateCreationDateTime,
    sequence: dynamodb?.SequenceNumber,
    key: plain(dynamodb?.Keys),
    before: plain(dynamodb?.OldImage),
    after: plain(dynamodb?.NewImage),
  });
  const kind = kindOf(record.key);
  if (isBookkeeping(kind)) return null;
  const expired = userIdentity?.type === 'Service' && userIdentity.principalId === timeToLive;
  // What an access event recorded is in the trail.
  if (expired && kind?.name === 'accessEvent') return null;
  return changeOf(record, expired ? expiry(record) : await removalIn(record, tombstones));
}

function expiry({ eventID, key, at }: StreamRecord): Removal {
  const action = `${unstampedNounOf(kindOf(key))}.expired`;
  return {
    changed: { by: 'system:expiry', role: 'system', action, requestId: eventID },
    at: new Date(at * 1000).toISOString(),
  };
}

async function removalIn(
  { eventName, key, before }: StreamRecord,
  tombstones: Reader['tombstones'],
): Promise<Removal | null> {
  if (eventName !== 'REMOVE' || typeof before?.revision !== 'number' || typeof before.createdAt !== 'string')
    return null;
  const scope = { organizationId: OrganizationId.parse(partsOfKey(key.pk).organization), ...tombstones };
  const { createdAt, revision } = before;
  const entity = kindOf(key)?.name ?? 'unknown';
  return await stampOfDeletion(scope, { entity, sortKey: key.sk, createdAt, revision });
}

// Longer than the longest wait and the attempt after it, so that no invocation ends without an answer.
const reserveMs = 30_000;
/** Attempts after which waits grow no longer: by then they are of up to 6.4 seconds. */
const longestWait = 8;

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

/**
 * Handles a stream batch in order and stops at the first record that fails: its sequence number is the
 * checkpoint Lambda tries again from. Source: AWS Lambda, reporting batch item failures for DynamoDB Streams.
 *
 * Lambda counts every failure against the record's few attempts, also one that only says "not now". So a busy
 * service is waited for here, where it costs no attempt, and what comes after waits in the stream.
 */
export async function readBatch(
  { Records }: DynamoDBStreamEvent,
  invocation: Invocation,
  reader: Reader,
): Promise<DynamoDBBatchResponse> {
  let waits = 0;
  try {
    for (const record of Records) {
      try {
        waits += await handled(record, reader, invocation);
      } catch (error) {
        reader.logger.error('record failed', {
          eventId: record.eventID,
          error: error instanceof Error ? error : String(error),
        });
        return { batchItemFailures: [{ itemIdentifier: record.dynamodb?.SequenceNumber ?? '' }] };
      }
    }
    return { batchItemFailures: [] };
  } finally {
    if (waits > 0) reader.logger.warn('waited for a busy service', { waits });
  }
}
