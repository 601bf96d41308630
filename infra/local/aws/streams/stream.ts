import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { EngineClient } from '../engine/client.ts';
import { AwsError } from '../http/messages.ts';

const image = z.record(z.string(), z.record(z.string(), z.unknown()));

/** A record as GetRecords gives it. */
const streamRecord = z.looseObject({
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

/** The deployment's ARN of a stream, and the engine's label, which changes when the table is recreated. */
export interface StreamIdentity {
  readonly arn: string;
  readonly label: string;
  /** The attribute of the table's time to live. */
  readonly timeToLive?: string | undefined;
}

// AWS's sequence numbers have 21 digits or more, the engine's start at 1. Padding exposes code that treats
// them as JavaScript numbers.
const shortestSequence = 21;

const awsSequence = (sequence: string): string =>
  sequence.length >= shortestSequence ? sequence : `1${sequence.padStart(shortestSequence - 1, '0')}`;

/**
 * A record as Lambda passes it to a function: with AWS's ids and the deployment's names instead of the
 * engine's.
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

/**
 * The principal that deletes expired items. Source: DynamoDB Developer Guide, "DynamoDB Streams and Time to
 * Live".
 */
const expiry = { type: 'Service', principalId: 'dynamodb.amazonaws.com' };

// The runner deletes expired items by ordinary requests, which the engine can't distinguish.
function hasExpired(
  { eventName, dynamodb }: StreamRecord,
  { timeToLive = '' }: StreamIdentity,
  time: number,
) {
  return eventName === 'REMOVE' && Number(dynamodb.OldImage?.[timeToLive]?.N) < time;
}

const writtenAt = z.object({ updatedAt: z.object({ S: z.string() }) });

/**
 * Dates records of the example data, those up to the sequence number `last`, by their items. Later records
 * are unchanged.
 */
export function asOfItsItem(record: StreamRecord, last: string | undefined): StreamRecord {
  const { dynamodb } = record;
  if (last === undefined || BigInt(dynamodb.SequenceNumber) > BigInt(awsSequence(last))) return record;
  const then = Date.parse(writtenAt.safeParse(dynamodb.NewImage).data?.updatedAt.S ?? '') / 1000;
  if (Number.isNaN(then)) return record;
  return { ...record, dynamodb: { ...dynamodb, ApproximateCreationDateTime: Math.floor(then) } };
}

/** A shard of a stream. A child holds what was written after its parent was closed. */
export interface Shard {
  readonly id: string;
  readonly parent: string | undefined;
}

interface ShardPage {
  readonly records: readonly StreamRecord[];
  /** No record will ever follow. */
  readonly closed: boolean;
}

/** Reads a shard forwards. */
export interface ShardReader {
  next(limit: number): Promise<ShardPage>;
}

export interface StreamSource {
  /** Changes when a table of the same name is recreated. */
  readonly label: string;
  /** The attribute of the table's time to live. */
  readonly timeToLive?: string | undefined;
  shards(): Promise<Shard[]>;
  /** Reads after the record with that sequence number, or from the oldest record. */
  open(shard: string, after: string | undefined): ShardReader;
}

const operation = (name: string) => `DynamoDBStreams_20120810.${name}`;

const description = z.looseObject({
  StreamDescription: z.looseObject({
    Shards: z.array(z.looseObject({ ShardId: z.string(), ParentShardId: z.string().optional() })),
    LastEvaluatedShardId: z.string().nullish(),
  }),
});
const iterator = z.looseObject({ ShardIterator: z.string() });
const records = z.looseObject({
  Records: z.array(streamRecord),
  NextShardIterator: z.string().nullish(),
});

/** The engine's stream with that ARN, whose last part is the stream's label. */
export function streamSource(
  engine: EngineClient,
  engineStreamArn: string,
  timeToLive?: string,
): StreamSource {
  return {
    timeToLive,
    label: engineStreamArn.split('/').at(-1) ?? engineStreamArn,
    async shards() {
      const found: Shard[] = [];
      let after: string | undefined;
      do {
        const page = await engine.call(
          operation('DescribeStream'),
          { StreamArn: engineStreamArn, ExclusiveStartShardId: after },
          description,
        );
        const { Shards, LastEvaluatedShardId } = page.StreamDescription;
        found.push(...Shards.map(({ ShardId, ParentShardId }) => ({ id: ShardId, parent: ParentShardId })));
        after = LastEvaluatedShardId ?? undefined;
      } while (after !== undefined);
      return found;
    },
    open: (shard, after) => shardReader(engine, { StreamArn: engineStreamArn, ShardId: shard }, after),
  };
}

function shardReader(
  engine: EngineClient,
  shard: { StreamArn: string; ShardId: string },
  after: string | undefined,
): ShardReader {
  let last = after;
  let position: string | undefined;

  const request = async (input: object) =>
    (await engine.call(operation('GetShardIterator'), { ...shard, ...input }, iterator)).ShardIterator;

  async function locate(): Promise<string> {
    const oldest = { ShardIteratorType: 'TRIM_HORIZON' };
    if (last === undefined) return request(oldest);
    try {
      return await request({ ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: last });
    } catch (error) {
      // The engine keeps records for a day. After a longer pause, reading continues with the oldest.
      if (error instanceof AwsError && error.code === 'TrimmedDataAccessException') return request(oldest);
      throw error;
    }
  }

  return {
    async next(limit) {
      const ShardIterator = position ?? (await locate());
      position = undefined;
      const page = await engine.call(operation('GetRecords'), { ShardIterator, Limit: limit }, records);
      last = page.Records.at(-1)?.dynamodb.SequenceNumber ?? last;
      position = page.NextShardIterator ?? undefined;
      return { records: page.Records, closed: position === undefined };
    },
  };
}
