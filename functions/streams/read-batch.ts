import type { Logger } from '@aws-lambda-powertools/logger';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { OrganizationId } from '../../domain/ids.ts';
import { kindOf, partsOfKey } from '../../domain/table/item-kinds.ts';
import type { roleClient } from '../../domain/table/tables.ts';
import { stampOfDeletion } from '../../domain/table/tombstone.service.ts';
import { type Change, changeOf, nounOf, type Removal, StreamRecord } from '../../events/change.ts';
import { plain } from '../aws/stream-image.ts';

interface Reader {
  readonly logger: Logger;
  /** Reads the tombstones, which say who removed an item. */
  readonly tombstones: ReturnType<typeof roleClient>;
  handle(change: Change): Promise<void>;
}

/** Who deletes items whose time to live has passed. Source: DynamoDB Developer Guide, "DynamoDB Streams and Time to Live". */
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
  if (kind?.bookkeeping) return null;
  const expired = userIdentity?.type === 'Service' && userIdentity.principalId === timeToLive;
  // What an access event recorded is in the trail.
  if (expired && kind?.entity === 'accessEvent') return null;
  return changeOf(record, expired ? expiry(record) : await removalIn(record, tombstones));
}

function expiry({ eventID, key, at }: StreamRecord): Removal {
  const action = `${nounOf(kindOf(key)?.entity ?? 'unknown')}.expired`;
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
  const entity = kindOf(key)?.entity ?? 'unknown';
  return await stampOfDeletion(scope, { entity, sortKey: key.sk, createdAt, revision });
}

/**
 * Handles a stream batch in order and stops at the first record that fails: its sequence number is the checkpoint Lambda
 * tries again from. Source: AWS Lambda, reporting batch item failures for DynamoDB Streams.
 */
export async function readBatch(
  { Records }: DynamoDBStreamEvent,
  reader: Reader,
): Promise<DynamoDBBatchResponse> {
  for (const record of Records) {
    try {
      const change = await changeIn(record, reader);
      if (change !== null) await reader.handle(change);
    } catch (error) {
      reader.logger.error('record failed', {
        eventId: record.eventID,
        error: error instanceof Error ? error : String(error),
      });
      return { batchItemFailures: [{ itemIdentifier: record.dynamodb?.SequenceNumber ?? '' }] };
    }
  }
  return { batchItemFailures: [] };
}
