import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { ControlPlane } from '../../domain/table/scope.ts';
import { openForImport } from '../../domain/table/tables.ts';
import { engineClient } from '../local/aws/engine/client.ts';
import { startEngine } from '../local/aws/engine/engine.ts';
import { runningEngine } from '../local/aws/engine/ownership.ts';
import { ImportProblem } from './import-problem.ts';

/** The table that an operator works on. */
export interface Target {
  readonly plane: ControlPlane;
  /** Its location, for messages. */
  readonly name: string;
  close(): Promise<void>;
}

const environment = z.object({
  TABLE_NAME: z.string().min(3).optional(),
  MTCMS_DYNAMODB_ENDPOINT: z.url('must be a URL').optional(),
  MTCMS_STATE_DIRECTORY: z
    .string()
    .min(1)
    .default(join(import.meta.dirname, '../../.local')),
});

const listed = z.looseObject({ TableNames: z.array(z.string()) });

/**
 * The table TABLE_NAME with the AWS credentials of this shell, or that of the local product, running or
 * not. Throws `ImportProblem` if there is none.
 */
export async function openTarget(
  open: (table: string, endpoint?: string) => ControlPlane = openForImport,
): Promise<Target> {
  const settings = environment.safeParse(process.env);
  if (!settings.success)
    throw new ImportProblem(
      settings.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('\n'),
    );
  const { TABLE_NAME, MTCMS_DYNAMODB_ENDPOINT, MTCMS_STATE_DIRECTORY } = settings.data;
  if (TABLE_NAME !== undefined && MTCMS_DYNAMODB_ENDPOINT === undefined)
    return { plane: open(TABLE_NAME), name: `table ${TABLE_NAME}`, close: async () => undefined };
  if (MTCMS_DYNAMODB_ENDPOINT === undefined && !existsSync(MTCMS_STATE_DIRECTORY))
    throw new ImportProblem(
      `The product on this machine has no data yet (${MTCMS_STATE_DIRECTORY}). Run "npm start" once, or name a table in TABLE_NAME.`,
    );
  const engine = await localEngine(MTCMS_STATE_DIRECTORY, MTCMS_DYNAMODB_ENDPOINT);
  const { endpoint } = engine;
  const table = TABLE_NAME ?? (await onlyTable(endpoint));
  if (table === undefined) {
    await engine.stop();
    throw new ImportProblem(
      `${endpoint} has no table yet. Run "npm start" once, or name a table in TABLE_NAME.`,
    );
  }
  return {
    plane: open(table, endpoint),
    name: `table ${table} at ${endpoint}`,
    close: () => engine.stop(),
  };
}

const localEngine = async (stateDirectory: string, endpoint: string | undefined) =>
  (endpoint === undefined ? runningEngine(stateDirectory) : undefined) ??
  (await startEngine({ stateDirectory, endpoint }));

async function onlyTable(endpoint: string): Promise<string | undefined> {
  const client = engineClient(endpoint);
  try {
    const { TableNames } = await client.call('DynamoDB_20120810.ListTables', {}, listed);
    return TableNames[0];
  } finally {
    client.close();
  }
}
