import type { KeySchemas } from '../dynamodb/key-schema.ts';
import { AwsError } from '../http/aws-error.ts';
import type { TableResource } from '../resources.ts';
import { type StreamSource, streamSource } from '../streams/stream-source.ts';
import type { EngineClient } from './client.ts';
import { type Engine, engineProblem } from './engine.ts';
import { ensureTable, type TableShape } from './table.ts';

/**
 * Creates or checks the deployment's tables. Resolves to the engine's stream of each, by the deployment's
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

/** The key schemas of the deployment's tables. */
export function keySchemasOf(tables: readonly TableResource[]): KeySchemas {
  const partitionKeyOf = (keys: TableShape['KeySchema']) =>
    keys.find(({ KeyType }) => KeyType === 'HASH')?.AttributeName ?? '';
  const schemas = new Map(
    tables.map(({ arn, shape }) => [
      shape.TableName,
      {
        tableArn: arn,
        partitionKey: partitionKeyOf(shape.KeySchema),
        indexes: Object.fromEntries(
          shape.GlobalSecondaryIndexes.map(({ IndexName, KeySchema }) => [
            IndexName,
            partitionKeyOf(KeySchema),
          ]),
        ),
      },
    ]),
  );
  return (tableName) => {
    const schema = schemas.get(tableName);
    if (schema === undefined)
      throw new AwsError(
        'ResourceNotFoundException',
        `Requested resource not found: Table: ${tableName} not found`,
      );
    return schema;
  };
}
