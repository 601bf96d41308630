import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import * as z from 'zod';
import { cache, fingerprint } from '../../infra/local/assembly/synthesize.ts';
import { startProduct } from '../../infra/local/product.ts';
import { throwawayDirectory } from './throwaway-directory.ts';

const snapshots = join(cache, 'seeded');
const sources = ['{domain,events,functions,infra}/**/*.ts', 'cdk.json', 'package-lock.json'];

const State = z.object({
  consumers: z.array(z.object({ delivered: z.number(), filtered: z.number(), caughtUp: z.boolean() })),
});

/** Waits until all stream consumers have caught up, including what the audit writer adds. */
export async function consumersRest(origin: string): Promise<void> {
  for (; ; await delay(100)) {
    const { consumers } = State.parse(await (await fetch(`${origin}/local/state.json`)).json());
    const read = consumers.map(({ delivered, filtered }) => delivered + filtered);
    if (consumers.every(({ caughtUp }) => caughtUp) && read.every((count) => count > 0 && count === read[0]))
      return;
  }
}

/** The product's first run, until the audit log of the example data is written as well. */
async function firstRun(stateDirectory: string): Promise<void> {
  const product = await startProduct({ port: 0, stateDirectory });
  try {
    await consumersRest(product.origin);
  } finally {
    await product.stop();
  }
}

/** Deletes older snapshots, and partial ones of killed runs. */
function tidy(): void {
  for (const name of readdirSync(snapshots)) {
    const path = join(snapshots, name);
    const isOld = statSync(path).mtimeMs < Date.now() - 3_600_000;
    if (isOld || !name.startsWith('draft-')) rmSync(path, { recursive: true, force: true });
  }
}

/**
 * The state after the product's first run: the example data and their audit log. The run is made once for
 * each state of the sources and each day, since the example data end today.
 * @returns its directory, to be copied
 */
export async function seededState(): Promise<string> {
  const day = new Date().toISOString().slice(0, 10);
  const snapshot = join(snapshots, `${day}-${fingerprint(sources).slice(0, 16)}`);
  if (existsSync(snapshot)) return snapshot;
  mkdirSync(snapshots, { recursive: true });
  const state = mkdtempSync(join(throwawayDirectory(), 'mtcms-first-run-'));
  await firstRun(state);
  const draft = mkdtempSync(join(snapshots, 'draft-'));
  cpSync(state, draft, { recursive: true });
  rmSync(state, { recursive: true });
  tidy();
  renameSync(draft, snapshot);
  return snapshot;
}
