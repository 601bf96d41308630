import * as z from 'zod';
import { LocalProblem } from '../../problem.ts';
import { AwsError } from '../http/messages.ts';
import { type TableResource, type TableShape, tableShape } from '../resources.ts';
import { type StreamSource, streamSource } from '../streams/stream.ts';
import type { WriteSignal } from '../streams/write-signal.ts';
import type { EngineClient } from './client.ts';
import { type Engine, engineProblem } from './engine.ts';

/**
 * Creates or checks the deployment's tables. Resolves to their streams in the engine, by the deployment's
 * stream ARN.
 */
export async function prepareTables(
  tables: readonly TableResource[],
  engine: Engine,
  client: EngineClient,
): Promise<ReadonlyMap<string, StreamSource>> {
  const streams = new Map<string, StreamSource>();
  for (const { shape, streamArn, timeToLiveAttribute } of tables) {
    const engineStreamArn = await ensureTable(client, shape, timeToLiveAttribute).catch((error: unknown) => {
      throw error instanceof AwsError
        ? engineProblem(error.message, engine.database ?? engine.endpoint)
        : error;
    });
    if (streamArn !== undefined && engineStreamArn !== undefined)
      streams.set(streamArn, streamSource(client, engineStreamArn, timeToLiveAttribute));
  }
  return streams;
}

const described = z.looseObject({ Table: tableShape.extend({ LatestStreamArn: z.string().optional() }) });
const timeToLive = z.looseObject({
  TimeToLiveDescription: z.looseObject({
    TimeToLiveStatus: z.string(),
    AttributeName: z.string().optional(),
  }),
});

const operation = (name: string) => `DynamoDB_20120810.${name}`;

/**
 * Creates the table, or checks that the existing one has the template's shape. Resolves to the engine's ARN
 * of its stream.
 */
export async function ensureTable(
  engine: EngineClient,
  shape: TableShape,
  timeToLiveAttribute: string | undefined,
): Promise<string | undefined> {
  const found = (await describe(engine, shape.TableName)) ?? (await create(engine, shape));
  if (comparable(found) !== comparable(shape))
    throw new LocalProblem(
      `The local table ${shape.TableName} has another shape than the template gives it now. Run "npm run reset" to start with a new one.`,
    );
  if (timeToLiveAttribute !== undefined) await ensureTimeToLive(engine, shape.TableName, timeToLiveAttribute);
  return found.LatestStreamArn;
}

async function describe(engine: EngineClient, TableName: string) {
  try {
    return (await engine.call(operation('DescribeTable'), { TableName }, described)).Table;
  } catch (error) {
    if (error instanceof AwsError && error.code === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}

async function create(engine: EngineClient, shape: TableShape) {
  const { GlobalSecondaryIndexes, StreamSpecification, ...rest } = shape;
  const request = {
    ...rest,
    BillingMode: 'PAY_PER_REQUEST',
    ...(GlobalSecondaryIndexes.length > 0 && { GlobalSecondaryIndexes }),
    ...(StreamSpecification && { StreamSpecification: { StreamEnabled: true, ...StreamSpecification } }),
  };
  await engine.call(operation('CreateTable'), request, z.unknown());
  const created = await describe(engine, shape.TableName);
  if (created === undefined) throw new LocalProblem(`The engine did not keep the table ${shape.TableName}.`);
  return created;
}

async function ensureTimeToLive(
  engine: EngineClient,
  TableName: string,
  AttributeName: string,
): Promise<void> {
  const { TimeToLiveDescription } = await engine.call(
    operation('DescribeTimeToLive'),
    { TableName },
    timeToLive,
  );
  if (TimeToLiveDescription.AttributeName === AttributeName) return;
  const TimeToLiveSpecification = { Enabled: true, AttributeName };
  await engine.call(operation('UpdateTimeToLive'), { TableName, TimeToLiveSpecification }, z.unknown());
}

/** A string that is equal for equal shapes, whatever the order of their lists. */
function comparable(shape: TableShape): string {
  const { AttributeDefinitions, KeySchema, GlobalSecondaryIndexes, StreamSpecification } = shape;
  const sorted = (texts: string[]) => texts.sort();
  const keys = (schema: TableShape['KeySchema']) =>
    sorted(schema.map(({ AttributeName, KeyType }) => `${KeyType} ${AttributeName}`));
  return JSON.stringify([
    sorted(
      AttributeDefinitions.map(({ AttributeName, AttributeType }) => `${AttributeName} ${AttributeType}`),
    ),
    keys(KeySchema),
    sorted(
      GlobalSecondaryIndexes.map(({ IndexName, KeySchema: schema, Projection }) =>
        JSON.stringify([
          IndexName,
          keys(schema),
          Projection.ProjectionType,
          sorted([...(Projection.NonKeyAttributes ?? [])]),
        ]),
      ),
    ),
    StreamSpecification?.StreamViewType ?? null,
  ]);
}

const key = z.record(z.string(), z.unknown());
const page = z.looseObject({ Items: z.array(key), LastEvaluatedKey: key.nullish() });

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
 * Deletes the items whose time to live has passed, because Dynoxide stores the setting but doesn't apply
 * it. Resolves to their number. An item whose time has been extended since stays.
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
