import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { ControlPlane } from '../../../domain/table/scope.ts';
import { startControlPlane } from '../domain/support/control-plane.ts';

/** The import's command line against an engine of its own. */
export async function startImport() {
  const { plane, endpoint, stop } = await startControlPlane();
  const begin = (args: readonly string[]) =>
    spawn(process.execPath, ['infra/import/import.ts', ...args], {
      env: { ...process.env, MTCMS_DYNAMODB_ENDPOINT: endpoint, TABLE_NAME: plane.table },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  return {
    plane,
    stop,
    /** Starts the command, to be killed. */
    begin,
    /** Runs the command to its end. */
    async run(...args: string[]) {
      const child = begin(args);
      const [said, complained, [code]] = await Promise.all([
        text(child.stdout),
        text(child.stderr),
        once(child, 'close'),
      ]);
      return { code, said, complained, runId: /imp_[0-9A-Z]{16}/.exec(said)?.[0] ?? '' };
    },
  };
}

/** Every item of the table, without the tombstones that deletions leave. */
export async function itemsIn({ client, table }: ControlPlane): Promise<Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  let ExclusiveStartKey: Record<string, unknown> | undefined;
  do {
    const page = await client.send(
      new ScanCommand({ TableName: table, ConsistentRead: true, ExclusiveStartKey }),
    );
    items.push(...(page.Items ?? []));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
  return items.filter(({ entity }) => entity !== 'tombstone');
}

/** Writes tables as an export folder in a place of its own, and returns where. */
export function writeExport(tables: Readonly<Record<string, readonly object[]>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'mtcms-export-'));
  for (const [table, documents] of Object.entries(tables)) {
    mkdirSync(join(folder, table));
    const lines = documents.map((document) => `${JSON.stringify(document)}\n`);
    writeFileSync(join(folder, table, 'documents.jsonl'), lines.join(''));
  }
  return folder;
}
