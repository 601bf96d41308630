import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { GivenUp } from './deliver.ts';
import type { Mapping } from './mapping.ts';
import type { StreamRecord } from './record.ts';

/**
 * What Lambda writes to an S3 destination for records it gave up: metadata, and the whole event as JSON text in `payload`.
 * Source: AWS Lambda Developer Guide, "Retain discarded records for a DynamoDB event source".
 */
export const failureRecord = z.looseObject({
  requestContext: z.object({
    requestId: z.string(),
    functionArn: z.string(),
    condition: z.enum(['RetryAttemptsExhausted', 'RecordAgeExceeded']),
    approximateInvokeCount: z.number(),
  }),
  responseContext: z
    .object({ statusCode: z.number(), executedVersion: z.string(), functionError: z.string().nullable() })
    .nullable(),
  version: z.literal('1.0'),
  timestamp: z.string(),
  DDBStreamBatchInfo: z.object({
    shardId: z.string(),
    startSequenceNumber: z.string(),
    endSequenceNumber: z.string(),
    approximateArrivalOfFirstRecord: z.string(),
    approximateArrivalOfLastRecord: z.string(),
    batchSize: z.number(),
    streamArn: z.string(),
  }),
  payload: z.string(),
});

export type FailureRecord = z.infer<typeof failureRecord>;

export function writeFailureRecord(
  given: GivenUp,
  mapping: Mapping,
  shardId: string,
  now: Date,
): FailureRecord {
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
export function failureKey(mapping: Mapping, shardId: string, now: Date): string {
  const [day = '', time = ''] = now.toISOString().split('T');
  const moment = `${day}T${time.slice(0, 8).replaceAll(':', '.')}`;
  return `aws/lambda/${mapping.id}/${shardId}/${day.replaceAll('-', '/')}/${moment}-${randomUUID()}`;
}
