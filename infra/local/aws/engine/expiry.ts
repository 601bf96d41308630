import * as z from 'zod';
import { AwsError } from '../http/answer.ts';
import type { TableResource, TableShape } from '../resources.ts';
import type { WriteSignal } from '../streams/write-signal.ts';
import type { EngineClient } from './client.ts';

const key = z.record(z.string(), z.unknown());
const page = z.looseObject({ Items: z.array(key), LastEvaluatedKey: key.nullish() });

const operation = (name: string) => `DynamoDB_20120810.${name}`;

const betweenSweeps = 300_000;

/** Deletes expired items every five minutes; AWS promises a few days. Returns a function that stops it. */
export function sweepExpired(
  engine: EngineClient,
  tables: readonly TableResource[],
  signal: WriteSignal,
): () => void {
  const sweep = async () => {
    for (const { shape, timeToLiveAttribute } of tables)
      if (timeToLiveAttribute !== undefined && (await deleteExpired(engine, shape, timeToLiveAttribute)) > 0)
        signal.notify();
  };
  // If a sweep fails, the next one catches up.
  const timer = setInterval(() => void sweep().catch(() => {}), betweenSweeps).unref();
  return () => clearInterval(timer);
}

/**
 * Deletes the items whose time to live has passed, because Dynoxide stores the setting but doesn't apply it.
 * Resolves to their number. An item whose time was extended meanwhile stays.
 */
export async function deleteExpired(
  engine: EngineClient,
  { TableName, KeySchema }: TableShape,
  timeToLiveAttribute: string,
  now: Date = new Date(),
): Promise<number> {
  const condition = {
    ExpressionAttributeNames: { '#ttl': timeToLiveAttribute },
    ExpressionAttributeValues: { ':now': { N: String(Math.floor(now.getTime() / 1000)) } },
  };
  let deleted = 0;
  let from: z.infer<typeof key> | undefined;
  do {
    const request = { TableName, ...condition, FilterExpression: '#ttl < :now', ExclusiveStartKey: from };
    const { Items, LastEvaluatedKey } = await engine.call(operation('Scan'), request, page);
    for (const item of Items) {
      const Key = Object.fromEntries(
        KeySchema.map(({ AttributeName }) => [AttributeName, item[AttributeName]]),
      );
      const removal = { TableName, Key, ...condition, ConditionExpression: '#ttl < :now' };
      if (await succeeds(engine.call(operation('DeleteItem'), removal, z.unknown()))) deleted += 1;
    }
    from = LastEvaluatedKey ?? undefined;
  } while (from !== undefined);
  return deleted;
}

async function succeeds(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof AwsError && error.code === 'ConditionalCheckFailedException') return false;
    throw error;
  }
}
