import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

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
