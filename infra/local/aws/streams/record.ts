import { createHash } from 'node:crypto';
import * as z from 'zod';

const image = z.record(z.string(), z.record(z.string(), z.unknown()));

/** A record as GetRecords gives it. */
export const streamRecord = z.looseObject({
  eventName: z.enum(['INSERT', 'MODIFY', 'REMOVE']),
  dynamodb: z.looseObject({
    /** Epoch seconds. */
    ApproximateCreationDateTime: z.number(),
    Keys: image,
    NewImage: image.optional(),
    OldImage: image.optional(),
    SequenceNumber: z.string(),
  }),
  userIdentity: z.looseObject({ type: z.string(), principalId: z.string() }).optional(),
});

export type StreamRecord = z.infer<typeof streamRecord>;

/** The deployment's name for a stream, and the engine's label of it: a table made anew has another. */
export interface StreamIdentity {
  readonly arn: string;
  readonly label: string;
  /** The attribute of the table's time to live. */
  readonly timeToLive?: string | undefined;
}

// AWS's sequence numbers have 21 digits and more; the engine counts from 1. Whoever takes them for JavaScript
// numbers should find out here.
const shortestSequence = 21;

const awsSequence = (sequence: string): string =>
  sequence.length >= shortestSequence ? sequence : `1${sequence.padStart(shortestSequence - 1, '0')}`;

/**
 * A record as Lambda hands it to a function: with AWS's ids and the deployment's names in place of the
 * engine's own.
 * @param time when it was written, in epoch seconds
 */
export function lambdaRecord(record: StreamRecord, stream: StreamIdentity, time: number): StreamRecord {
  const SequenceNumber = awsSequence(record.dynamodb.SequenceNumber);
  return {
    ...record,
    eventID: createHash('md5').update(`${stream.label} ${SequenceNumber}`).digest('hex'),
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: stream.arn.split(':')[3] ?? '',
    dynamodb: { ...record.dynamodb, SequenceNumber, ApproximateCreationDateTime: time },
    eventSourceARN: stream.arn,
    ...(hasExpired(record, stream, time) ? { userIdentity: expiry } : {}),
  };
}

/** Who removes what has expired. Source: DynamoDB Developer Guide, "DynamoDB Streams and Time to Live". */
const expiry = { type: 'Service', principalId: 'dynamodb.amazonaws.com' };

// The runner sweeps by ordinary deletions, which the engine doesn't tell from others.
function hasExpired(
  { eventName, dynamodb }: StreamRecord,
  { timeToLive = '' }: StreamIdentity,
  time: number,
) {
  return eventName === 'REMOVE' && Number(dynamodb.OldImage?.[timeToLive]?.N) < time;
}

const writtenAt = z.object({ updatedAt: z.object({ S: z.string() }) });

/**
 * A record as it would be had the example data been written when they say: up to the sequence number `last`,
 * its time is that of its item. Later records are as they are.
 */
export function asOfItsItem(record: StreamRecord, last: string | undefined): StreamRecord {
  const { dynamodb } = record;
  if (last === undefined || BigInt(dynamodb.SequenceNumber) > BigInt(awsSequence(last))) return record;
  const then = Date.parse(writtenAt.safeParse(dynamodb.NewImage).data?.updatedAt.S ?? '') / 1000;
  if (Number.isNaN(then)) return record;
  return { ...record, dynamodb: { ...dynamodb, ApproximateCreationDateTime: Math.floor(then) } };
}
