import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

const fileIn = (stateDirectory: string) => join(stateDirectory, 'origin');

/**
 * Records the URL of the product that runs on this state directory, for other commands.
 * @returns a function that removes the record
 */
export function noteOrigin(stateDirectory: string, origin: string): () => void {
  writeFileSync(fileIn(stateDirectory), origin);
  return () => rmSync(fileIn(stateDirectory), { force: true });
}

/** The origin of the product that runs on this state directory; undefined if none does. */
export async function runningOrigin(stateDirectory: string): Promise<string | undefined> {
  try {
    const origin = readFileSync(fileIn(stateDirectory), 'utf8');
    // A killed run leaves its record.
    const { ok } = await fetch(`${origin}/local/state.json`);
    return ok ? origin : undefined;
  } catch {
    return undefined;
  }
}
