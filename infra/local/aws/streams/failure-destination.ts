import type { Authorize } from '../iam/authorizer.ts';
import type { Session } from '../iam/sessions.ts';
import type { ObjectStore } from '../s3/object-store.ts';
import type { GivenUp } from './deliver.ts';
import { type FailureRecord, failureKey, failureRecord, writeFailureRecord } from './failure-record.ts';
import type { Mapping } from './mapping.ts';

/** What was given up, as it lies in its bucket. */
export interface Failure {
  readonly bucket: string;
  readonly key: string;
  readonly record: FailureRecord;
}

/** Puts what a mapping gave up into its failure bucket, under the function's role, as Lambda does. Without a bucket it is lost. */
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
      (await store.list(bucket, 'aws/lambda/')).map((object) => ({ bucket, ...object })),
    ),
  );
  const newest = found
    .flat()
    .sort((a, b) => b.lastModified.getTime() - a.lastModified.getTime())
    .slice(0, shown);
  return Promise.all(
    newest.map(async ({ bucket, key }) => {
      const record = failureRecord.parse(JSON.parse((await store.get(bucket, key)).toString()));
      return { bucket, key, record };
    }),
  );
}
