import type { Logger } from '@aws-lambda-powertools/logger';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { OrganizationId } from '../../domain/ids.ts';
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

async function changeIn(
  { eventID, eventName, dynamodb, userIdentity }: DynamoDBRecord,
  { tombstones }: Reader,
): Promise<Change> {
  const record = StreamRecord.parse({
    eventID,
    eventName,
    at: dynamodb?.ApproximateCreationDateTime,
    before: plain(dynamodb?.OldImage),
    after: plain(dynamodb?.NewImage),
  });
  const expired = userIdentity?.type === 'Service' && userIdentity.principalId === timeToLive;
  return changeOf(record, expired ? expiry(record) : await removalIn(record, tombstones));
}

function expiry({ eventID, before, at }: StreamRecord): Removal {
  const action = `${nounOf(before?.entity ?? 'unknown')}.expired`;
  return {
    changed: { by: 'system:expiry', role: 'system', action, requestId: eventID },
    at: new Date(at * 1000).toISOString(),
  };
}

async function removalIn(
  { eventName, before }: StreamRecord,
  tombstones: Reader['tombstones'],
): Promise<Removal | null> {
  if (eventName !== 'REMOVE' || typeof before?.revision !== 'number' || typeof before.createdAt !== 'string')
    return null;
  const scope = { organizationId: OrganizationId.parse(before.organizationId), ...tombstones };
  const { entity, sk: sortKey, createdAt, revision } = before;
  return await stampOfDeletion(scope, { entity, sortKey, createdAt, revision });
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
      await reader.handle(await changeIn(record, reader));
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
