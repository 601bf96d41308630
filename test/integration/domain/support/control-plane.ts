import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { indexes, tableLayout } from '../../../../domain/table/layout.ts';
import type { ControlPlane } from '../../../../domain/table/scope.ts';
import { engineClient } from '../../../../infra/local/aws/engine/client.ts';
import { startEngine } from '../../../../infra/local/aws/engine/engine.ts';
import { ensureTable } from '../../../../infra/local/aws/engine/table.ts';

const table = 'mtcms-domain-test';
const { partitionKey, sortKey, timeToLive } = tableLayout;
const keys = (partition: string, sort: string) => [
  { AttributeName: partition, KeyType: 'HASH' as const },
  { AttributeName: sort, KeyType: 'RANGE' as const },
];

/** Every key attribute once, with its type. */
function attributes() {
  const types = new Map<string, 'S' | 'N'>();
  for (const key of [tableLayout, ...indexes]) {
    types.set(key.partitionKey, 'S');
    types.set(key.sortKey, 'sortKeyType' in key ? (key.sortKeyType ?? 'S') : 'S');
  }
  return [...types].map(([AttributeName, AttributeType]) => ({ AttributeName, AttributeType }));
}

/** The product's table definition, without a stream. */
export const tableShape = (TableName: string) => ({
  TableName,
  AttributeDefinitions: attributes(),
  KeySchema: keys(partitionKey, sortKey),
  GlobalSecondaryIndexes: indexes.map((index) => ({
    IndexName: index.name,
    KeySchema: keys(index.partitionKey, index.sortKey),
    Projection:
      index.includes === undefined
        ? { ProjectionType: 'ALL' as const }
        : { ProjectionType: 'INCLUDE' as const, NonKeyAttributes: [...index.includes] },
  })),
});

/**
 * The real engine with the product's empty table, and an unrestricted client: only the domain is under
 * test.
 */
export async function startControlPlane(): Promise<{
  plane: ControlPlane;
  endpoint: string;
  stop(): Promise<void>;
}> {
  const stateDirectory = mkdtempSync(join(tmpdir(), 'mtcms-domain-'));
  const engine = await startEngine({ stateDirectory, inMemory: true });
  await ensureTable(engineClient(engine.endpoint), tableShape(table), timeToLive);
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const inner = new DynamoDBClient({ endpoint: engine.endpoint, region: 'us-east-1', credentials });
  const marshallOptions = { removeUndefinedValues: true };
  return {
    endpoint: engine.endpoint,
    plane: { client: DynamoDBDocumentClient.from(inner, { marshallOptions }), table },
    async stop() {
      await engine.stop();
      rmSync(stateDirectory, { recursive: true, force: true });
    },
  };
}
