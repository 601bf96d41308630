import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { TestProduct } from '../support/product.ts';

const run = promisify(execFile);

/** Imports the sample of a legacy export into a running product, or undoes a run. Returns the run's id. */
export async function importLegacy(product: TestProduct, what: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'mtcms-import-'));
  const apply = [
    'test/legacy/export',
    ...['--mapping', 'test/legacy/mapping.json'],
    ...['--quarantine', join(folder, 'quarantine.jsonl'), '--clerk-metadata', join(folder, 'clerk.jsonl')],
    '--apply',
  ];
  const parameters = what === 'apply' ? apply : ['--rollback', what];
  const environment = product.functions.find(({ title }) => title === 'organization')?.environment;
  try {
    const { stdout } = await run(process.execPath, ['infra/import/import.ts', ...parameters], {
      env: {
        ...process.env,
        MTCMS_DYNAMODB_ENDPOINT: product.aws.engineEndpoint,
        TABLE_NAME: environment?.TABLE_NAME,
      },
    });
    return /imp_[0-9A-Z]{16}/.exec(stdout)?.[0] ?? '';
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
