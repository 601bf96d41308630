import * as z from 'zod/mini';

/**
 * Folders of the failure bucket: what is to be replayed, where Lambda puts it by itself, and what has been.
 */
export const failureFolders = { waiting: 'aws/lambda/', replayed: 'replayed/' } as const;

/**
 * Why records are in the failure bucket: Lambda tried them until they were too old or had been tried too
 * often, or the function found at once that they can't be read.
 */
const failureConditions = ['RecordAgeExceeded', 'RetryAttemptsExhausted', 'RecordUnreadable'] as const;

/**
 * An object of the failure bucket: metadata, and the event as JSON text in `payload`. The shape is Lambda's.
 * Source: AWS Lambda Developer Guide, "Retain discarded records for a DynamoDB event source".
 */
export const FailureObject = z.looseObject({
  requestContext: z.looseObject({
    requestId: z.string(),
    functionArn: z.string(),
    condition: z.enum(failureConditions),
    approximateInvokeCount: z.number(),
  }),
  version: z.literal('1.0'),
  timestamp: z.string(),
  DDBStreamBatchInfo: z.looseObject({
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
export type FailureObject = z.infer<typeof FailureObject>;

const pad = (part: number): string => String(part).padStart(2, '0');

/** The day of a time in an object's key: `yyyy/mm/dd`. */
export const dayInKey = (time: Date): string =>
  [time.getUTCFullYear(), time.getUTCMonth() + 1, time.getUTCDate()].map(pad).join('/');
