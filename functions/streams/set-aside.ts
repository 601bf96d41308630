import type { Context, DynamoDBRecord } from 'aws-lambda';
import { dayInKey, type FailureObject, failureFolders } from '../../events/failure.ts';
import { failureBucket } from '../aws/failure-bucket.ts';

/** The invocation that found the record. */
export type Finder = Pick<Context, 'awsRequestId' | 'functionName' | 'invokedFunctionArn'>;

/** Sets aside a record that can never be handled, so that later ones don't have to wait. */
export type SetAside = (record: DynamoDBRecord, finder: Finder) => Promise<void>;

/**
 * Stores records in the failure bucket, in the format of Lambda's own on-failure destination. The key is
 * unique per record and function, so repeated deliveries are stored once.
 */
export function setAsideIn(bucketName: string): SetAside {
  const bucket = failureBucket(bucketName);
  return async (record, finder) => {
    const day = dayInKey(writtenAt(record));
    const key = `${failureFolders.waiting}${finder.functionName}/unreadable/${day}/${record.eventID}`;
    await bucket.put(key, JSON.stringify(failureOf(record, finder)));
  };
}

const writtenAt = ({ dynamodb }: DynamoDBRecord) =>
  new Date((dynamodb?.ApproximateCreationDateTime ?? 0) * 1000);

function failureOf(record: DynamoDBRecord, finder: Finder): FailureObject {
  const number = record.dynamodb?.SequenceNumber ?? '';
  const arrival = writtenAt(record).toISOString().replace('.000Z', 'Z');
  return {
    requestContext: {
      requestId: finder.awsRequestId,
      functionArn: finder.invokedFunctionArn,
      condition: 'RecordUnreadable',
      approximateInvokeCount: 1,
    },
    version: '1.0',
    timestamp: new Date().toISOString(),
    DDBStreamBatchInfo: {
      // The record doesn't contain its shard.
      shardId: '',
      startSequenceNumber: number,
      endSequenceNumber: number,
      approximateArrivalOfFirstRecord: arrival,
      approximateArrivalOfLastRecord: arrival,
      batchSize: 1,
      streamArn: record.eventSourceARN ?? '',
    },
    payload: JSON.stringify({ Records: [record] }),
  };
}
