import type { Logger } from '@aws-lambda-powertools/logger';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { type Change, changeOf, StreamRecord } from '../../events/change.ts';
import { plain } from '../aws/stream-image.ts';

const changeIn = ({ eventID, eventName, dynamodb }: DynamoDBRecord): Change =>
  changeOf(
    StreamRecord.parse({
      eventID,
      eventName,
      at: dynamodb?.ApproximateCreationDateTime,
      before: plain(dynamodb?.OldImage),
      after: plain(dynamodb?.NewImage),
    }),
  );

/**
 * Handles a stream batch in order and stops at the first record that fails: its sequence number is the checkpoint Lambda
 * tries again from. Source: AWS Lambda, reporting batch item failures for DynamoDB Streams.
 */
export async function readBatch(
  { Records }: DynamoDBStreamEvent,
  logger: Logger,
  handle: (change: Change) => Promise<void>,
): Promise<DynamoDBBatchResponse> {
  for (const record of Records) {
    try {
      await handle(changeIn(record));
    } catch (error) {
      logger.error('record failed', {
        eventId: record.eventID,
        error: error instanceof Error ? error : String(error),
      });
      return { batchItemFailures: [{ itemIdentifier: record.dynamodb?.SequenceNumber ?? '' }] };
    }
  }
  return { batchItemFailures: [] };
}
