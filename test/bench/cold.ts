import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { bundleFunction, bundleHandler, type FunctionBundle } from '../../infra/bundle/bundle-function.ts';
import { functionLimits } from '../bundles/limits.ts';
import { pairedMedians } from './median.ts';

export interface ColdRow {
  readonly bundle: string;
  /** What Node loads at a cold start, KB of 1,000 bytes. */
  readonly startKilobytes: number;
  /** What is loaded when first used. */
  readonly laterKilobytes: number;
  readonly initMilliseconds: number;
  /** Init as a ratio to the floor's. */
  readonly ratio: number;
}

const run = promisify(execFile);
const floor = 'floor: bare GetItem';

// Any value that is well-formed: nothing is called while a bundle loads.
const environment = {
  PATH: process.env.PATH,
  AWS_REGION: 'eu-central-1',
  STAGE: 'test',
  TABLE_NAME: 'table',
  TENANT_ROLE_ARN: 'arn:aws:iam::000000000000:role/tenant',
  CLERK_ISSUER: 'https://clerk.example.com',
  AUTHORIZED_PARTIES: 'https://app.example.com',
  CLERK_GATEWAY_NAME: 'gateway',
  CLERK_API_URL: 'https://api.example.com',
  CLERK_SECRET_ID: 'clerk',
  APP_ORIGIN: 'https://app.example.com',
  CURSOR_SECRET_ID: 'cursor',
  USAGE_FUNCTION_NAME: 'usage',
  SUPPORT_FUNCTION_NAME: 'support',
  MACHINES_FUNCTION_NAME: 'machines',
  KEY_BROKER_NAME: 'key-broker',
  WEBHOOK_SENDER_NAME: 'webhook-sender',
  WEBHOOKS_TO_LOCALHOST: 'false',
  TENANT_SESSION_NAME: 'AROAORGANIZATION',
  APPROVALS_FUNCTION_NAME: 'approvals',
  CLERK_WEBHOOK_SECRET_ID: 'webhook',
  DRIFT_FUNCTION_NAME: 'drift',
  WEBHOOKS_FUNCTION_NAME: 'webhooks',
  EVENT_BUS_NAME: 'bus',
  SUPPORT_ACCESS: 'reasoned',
  CHECKPOINTS_FUNCTION_NAME: 'audit-checkpoints',
  AUDIT_KEY_ID: 'arn:aws:kms:eu-central-1:000000000000:key/audit',
  ANCHOR_BUCKET_NAME: 'anchors',
  EXPORT_BUCKET_NAME: 'exports',
  ORIGIN_SECRET_ID: 'origin',
  ORIGIN_HEADER: 'x-origin-verify',
  DISTRIBUTION_ID: 'E1',
  AUDIT_WRITER_NAME: 'audit-writer',
  EVENT_PUBLISHER_NAME: 'event-publisher',
  FAILURE_BUCKET: 'failures',
};

/** Milliseconds that a fresh process takes to load a bundle. */
async function initOf({ directory }: FunctionBundle): Promise<number> {
  const url = pathToFileURL(join(directory, 'index.mjs')).href;
  const script = `const start = performance.now(); await import('${url}'); console.log(performance.now() - start); process.exit()`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script], { env: environment });
  return Number(stdout);
}

/** Bytes and init of each deployed bundle beside a handler that does nothing but read one item. */
export async function coldStarts(rounds: number): Promise<ColdRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'mtcms-bench-'));
  try {
    const bundles = new Map<string, FunctionBundle>([
      [floor, bundleHandler('test/bench/contenders/bare-get-item.ts', join(folder, 'floor'))],
      ...functionLimits.map(
        ({ entry }) => [entry, bundleFunction(entry, join(folder, entry.replace('/', '-')))] as const,
      ),
    ]);
    const contenders = Object.fromEntries([...bundles].map(([name, bundle]) => [name, () => initOf(bundle)]));
    const init = await pairedMedians(contenders, rounds);
    return [...bundles].map(([bundle, { startBytes, totalBytes }]) => ({
      bundle,
      startKilobytes: startBytes / 1000,
      laterKilobytes: (totalBytes - startBytes) / 1000,
      initMilliseconds: init[bundle] ?? 0,
      ratio: (init[bundle] ?? 0) / (init[floor] ?? 1),
    }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
