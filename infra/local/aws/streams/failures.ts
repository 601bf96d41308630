import { randomUUID } from 'node:crypto';
import { dayInKey, FailureObject, failureFolders } from '../../../../events/failure.ts';
import type { Authorize } from '../iam/authorizer.ts';
import type { Session } from '../iam/sessions.ts';
import type { Mapping } from '../resources.ts';
import type { ObjectStore } from '../s3-objects.ts';
import type { GivenUp } from './deliver.ts';
import type { StreamRecord } from './stream.ts';

/** Discarded records, as stored in their bucket. */
export interface Failure {
  readonly bucket: string;
  readonly key: string;
  readonly record: FailureObject;
}

/**
 * Stores discarded records in the mapping's failure bucket, by the function's role, as Lambda does. Without a
 * bucket they are lost.
 */
export async function keepFailure(
  given: GivenUp,
  shardId: string,
  mapping: Mapping,
  { caller, authorize, store }: { caller: Session; authorize: Authorize; store: ObjectStore },
): Promise<void> {
  const bucket = mapping.failureBucket;
  if (bucket === undefined) return;
  const now = new Date();
  const key = failureKey(mapping, shardId, now);
  await authorize(caller, { action: 's3:PutObject', resource: `arn:aws:s3:::${bucket}/${key}` });
  await store.put(bucket, key, JSON.stringify(writeFailureRecord(given, mapping, shardId, now)));
}

const shown = 100;

/** The latest failures in the given buckets, newest first. */
export async function latestFailures(store: ObjectStore, buckets: readonly string[]): Promise<Failure[]> {
  const found = await Promise.all(
    buckets.map(async (bucket) =>
      (await store.list(bucket, failureFolders.waiting)).map((object) => ({ bucket, ...object })),
    ),
  );
  const newest = found
    .flat()
    .sort((a, b) => b.lastModified.getTime() - a.lastModified.getTime())
    .slice(0, shown);
  return Promise.all(
    newest.map(async ({ bucket, key }) => {
      const record = FailureObject.parse(JSON.parse((await store.get(bucket, key)).toString()));
      return { bucket, key, record };
    }),
  );
}

function writeFailureRecord(given: GivenUp, mapping: Mapping, shardId: string, now: Date): FailureObject {
  const { condition, records, attempts, lastOutcome } = given;
  const [first, last] = [records.at(0), records.at(-1)];
  return {
    requestContext: {
      requestId: randomUUID(),
      functionArn: mapping.functionArn,
      condition,
      approximateInvokeCount: attempts,
    },
    responseContext:
      lastOutcome === undefined
        ? null
        : {
            statusCode: 200,
            executedVersion: '$LATEST',
            functionError: lastOutcome.ok ? null : 'Unhandled',
          },
    version: '1.0',
    timestamp: now.toISOString(),
    DDBStreamBatchInfo: {
      shardId,
      startSequenceNumber: first?.dynamodb.SequenceNumber ?? '',
      endSequenceNumber: last?.dynamodb.SequenceNumber ?? '',
      approximateArrivalOfFirstRecord: arrival(first),
      approximateArrivalOfLastRecord: arrival(last),
      batchSize: records.length,
      streamArn: mapping.streamArn,
    },
    payload: JSON.stringify({ Records: records }),
  };
}

/** ISO 8601 to the second, as Lambda writes it. */
const arrival = (record: StreamRecord | undefined): string =>
  record === undefined
    ? ''
    : new Date(record.dynamodb.ApproximateCreationDateTime * 1000).toISOString().replace(/\.\d+Z$/, 'Z');

/** `aws/lambda/<mapping>/<shard>/<yyyy>/<mm>/<dd>/<time>-<uuid>`: where Lambda puts a failure record. */
function failureKey(mapping: Mapping, shardId: string, now: Date): string {
  const moment = now.toISOString().slice(0, 19).replaceAll(':', '.');
  return `${failureFolders.waiting}${mapping.id}/${shardId}/${dayInKey(now)}/${moment}-${randomUUID()}`;
}
