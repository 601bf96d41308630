import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { endLeftover } from './aws/engine/ownership.ts';

const begun = (stateDirectory: string) => join(stateDirectory, 'seed.begun');
const done = (stateDirectory: string) => join(stateDirectory, 'seed.done');

/** Whether the product is empty. A first run that was killed while it filled the product is undone, to begin again. */
export async function isFirstRun(stateDirectory: string): Promise<boolean> {
  if (existsSync(done(stateDirectory))) return false;
  if (existsSync(begun(stateDirectory))) {
    await endLeftover(stateDirectory);
    rmSync(stateDirectory, { recursive: true, force: true });
  }
  mkdirSync(stateDirectory, { recursive: true });
  return true;
}

/** Fills the product once. */
export async function onFirstRun(stateDirectory: string, seed: () => Promise<void>): Promise<void> {
  writeFileSync(begun(stateDirectory), '');
  await seed();
  writeFileSync(done(stateDirectory), '');
  rmSync(begun(stateDirectory));
}
