import type { Context, DynamoDBRecord } from 'aws-lambda';
import { dayInKey, type FailureObject, failureFolders } from '../../events/failure.ts';
import { failureBucket } from '../aws/failure-bucket.ts';

/** The invocation that finds that a record can't be handled. */
export type Finder = Pick<Context, 'awsRequestId' | 'functionName' | 'invokedFunctionArn'>;

/** Puts a record aside that can't be handled, now or later, so that what comes after it needn't wait. */
export type SetAside = (record: DynamoDBRecord, finder: Finder) => Promise<void>;

/**
 * Puts records into the failure bucket, as Lambda puts those that it gives up. A record has one key for each
 * function, so that it is there once however often it comes.
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
      // The record doesn't say which shard it came from.
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
