import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { bundleFunction, bundleHandler, type FunctionBundle } from '../../infra/bundle/bundle-function.ts';
import { functionLimits } from '../bundles/limits.ts';
import { everySetting } from '../bundles/settings.ts';
import { pairedMedians } from './median.ts';

export interface ColdRow {
  readonly bundle: string;
  /** The size of what Node loads at a cold start, KB of 1,000 bytes. */
  readonly startKilobytes: number;
  /** The size of what is loaded on first use. */
  readonly laterKilobytes: number;
  readonly initMilliseconds: number;
  /** Init time relative to the floor's. */
  readonly ratio: number;
}

const run = promisify(execFile);
const floor = 'floor: bare GetItem';

const environment = { PATH: process.env.PATH, ...everySetting };

/** Milliseconds for a fresh process to load a bundle. */
async function initOf({ directory }: FunctionBundle): Promise<number> {
  const url = pathToFileURL(join(directory, 'index.mjs')).href;
  const script = `const start = performance.now(); await import('${url}'); console.log(performance.now() - start); process.exit()`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script], { env: environment });
  return Number(stdout);
}

/** Size and init time of each deployed bundle, compared with a handler that only reads one item. */
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
