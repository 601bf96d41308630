import * as z from 'zod';
import type { EngineClient } from '../engine/client.ts';
import { AwsError } from '../http/aws-error.ts';
import { type StreamRecord, streamRecord } from './record.ts';

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
  /** Differs for a table of the same name that was made anew. */
  readonly label: string;
  /** The attribute of the table's time to live. */
  readonly timeToLive?: string | undefined;
  shards(): Promise<Shard[]>;
  /** Reads after the record with that sequence number of the engine, or from the oldest record. */
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

/** The engine's stream by its ARN there, whose last part is the stream's label. */
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
      // The engine keeps a day of records. After a longer pause the oldest it has is the next there is.
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
