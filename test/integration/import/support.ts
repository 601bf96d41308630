import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { vi } from 'vitest';
import type { ControlPlane } from '../../../domain/table/scope.ts';
import { importCommand } from '../../../infra/import/import.ts';
import { cache } from '../../../infra/local/assembly/synthesize.ts';
import { startControlPlane } from '../domain/support/control-plane.ts';

/** The console output of an operation. */
async function heard(channel: 'log' | 'error', work: () => Promise<unknown>): Promise<string> {
  const lines: string[] = [];
  const ear = vi.spyOn(console, channel).mockImplementation((line: unknown) => void lines.push(String(line)));
  await work().finally(() => ear.mockRestore());
  return `${lines.join('\n')}\n`;
}

/** The import's command line with a separate engine. */
export async function startImport() {
  const { plane, endpoint, stop } = await startControlPlane();
  const environment = { MTCMS_DYNAMODB_ENDPOINT: endpoint, TABLE_NAME: plane.table };
  // Node caches compiled code, which halves the command's start time.
  const compiled = { NODE_COMPILE_CACHE: join(cache, 'compiled') };
  /** Runs the command to its end, in this process, with the engine at a URL. */
  async function through(at: string, ...args: string[]) {
    for (const [name, value] of Object.entries({ ...environment, MTCMS_DYNAMODB_ENDPOINT: at }))
      vi.stubEnv(name, value);
    let [code, said] = [0, ''];
    const complained = await heard('error', async () => {
      said = await heard('log', async () => {
        code = await importCommand(args);
      });
    });
    vi.unstubAllEnvs();
    return { code, said, complained, runId: /imp_[0-9A-Z]{16}/.exec(said)?.[0] ?? '' };
  }
  return {
    plane,
    endpoint,
    stop,
    through,
    run: (...args: string[]) => through(endpoint, ...args),
    /** Starts the command as a separate process, to be killed. */
    begin: (args: readonly string[]) =>
      spawn(process.execPath, ['infra/import/import.ts', ...args], {
        env: { ...process.env, ...environment, ...compiled },
        stdio: 'ignore',
      }),
  };
}

/** Every item of the table, except what deletions leave: tombstones, and the trees of audit logs. */
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
  return items.filter(({ entity }) => entity !== 'tombstone' && !String(entity).startsWith('auditTree'));
}

/** Writes tables as an export into a temporary folder, and returns its path. */
export function writeExport(tables: Readonly<Record<string, readonly object[]>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'mtcms-export-'));
  for (const [table, documents] of Object.entries(tables)) {
    mkdirSync(join(folder, table));
    const lines = documents.map((document) => `${JSON.stringify(document)}\n`);
    writeFileSync(join(folder, table, 'documents.jsonl'), lines.join(''));
  }
  return folder;
}
