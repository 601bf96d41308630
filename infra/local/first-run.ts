import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { endLeftover } from './aws/engine/ownership.ts';
import { LocalProblem } from './problem.ts';

const begun = (stateDirectory: string) => join(stateDirectory, 'seed.begun');
const done = (stateDirectory: string) => join(stateDirectory, 'seed.done');

/**
 * Whether the product is empty. If an earlier first run was killed while seeding, its data is deleted.
 * @param ownDatabase whether the database is in the state directory
 * @throws LocalProblem when a part of the state is missing
 */
export async function isFirstRun(stateDirectory: string, ownDatabase: boolean): Promise<boolean> {
  if (existsSync(done(stateDirectory))) {
    const needed = [join('clerk', 'state.json'), ...(ownDatabase ? ['dynamodb.db'] : [])];
    const missing = needed.find((name) => !existsSync(join(stateDirectory, name)));
    if (missing === undefined) return false;
    throw new LocalProblem(
      `${join(stateDirectory, missing)} is missing, although the product has data. Restore it, or delete the whole folder to start over ("npm run reset" deletes .local).`,
    );
  }
  if (existsSync(begun(stateDirectory))) {
    await endLeftover(stateDirectory);
    rmSync(stateDirectory, { recursive: true, force: true });
  }
  mkdirSync(stateDirectory, { recursive: true });
  return true;
}

/** Seeds the product and records that this is done. */
export async function onFirstRun(stateDirectory: string, seed: () => Promise<void>): Promise<void> {
  writeFileSync(begun(stateDirectory), '');
  await seed();
  writeFileSync(done(stateDirectory), '');
  rmSync(begun(stateDirectory));
}
