import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { engineClient } from '../../../infra/local/aws/engine/client.ts';
import { startEngine } from '../../../infra/local/aws/engine/engine.ts';
import { writeOrganizations } from '../../support/numbered-organizations.ts';

const tables = z.object({ TableNames: z.tuple([z.string()]) });
const described = z.object({ Table: z.object({ StreamSpecification: z.record(z.string(), z.unknown()) }) });
const operation = (name: string) => `DynamoDB_20120810.${name}`;

/** Direct access to the product's table in the engine. */
export function engineTable(endpoint: string, table: string) {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = DynamoDBDocumentClient.from(
    new DynamoDBClient({ endpoint, region: 'eu-central-1', credentials }),
    { marshallOptions: { removeUndefinedValues: true } },
  );
  return { client, table };
}

/**
 * Fills the directory of a state that no product runs on. The stream is disabled meanwhile: on each write,
 * the engine scans all stream records, so that the ten-thousandth organization would take a hundred times
 * as long as the hundredth.
 */
export async function fillDirectory(stateDirectory: string, organizations: number): Promise<void> {
  const engine = await startEngine({ stateDirectory });
  const runner = engineClient(engine.endpoint);
  try {
    const [TableName] = (await runner.call(operation('ListTables'), {}, tables)).TableNames;
    const { Table } = await runner.call(operation('DescribeTable'), { TableName }, described);
    const setStream = (StreamSpecification: object) =>
      runner.call(operation('UpdateTable'), { TableName, StreamSpecification }, z.unknown());
    await setStream({ StreamEnabled: false });
    const plane = engineTable(engine.endpoint, TableName);
    await writeOrganizations(plane, 0, organizations, new Date());
    plane.client.destroy();
    await setStream(Table.StreamSpecification);
  } finally {
    runner.close();
    await engine.stop();
  }
}
