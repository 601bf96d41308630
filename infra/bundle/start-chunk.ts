import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const cache = join(import.meta.dirname, '../../node_modules/.cache/mtcms/start-chunks');
const names = z.array(z.string());

/**
 * Merges the files that a bundle loads at its start, in place. Returns the names of the files that are loaded
 * afterwards. esbuild writes a file for each set of modules that the same dynamic imports share: thirty
 * files, each of which costs a cold start a third of a millisecond. Results are cached by the bundle's
 * content.
 */
export function mergeStart(directory: string, start: readonly string[]): string[] {
  const kept = join(cache, digestOf(directory));
  if (!existsSync(kept)) merge(directory, start, kept);
  rmSync(directory, { recursive: true });
  cpSync(join(kept, 'bundle'), directory, { recursive: true });
  return names.parse(JSON.parse(readFileSync(join(kept, 'loaded.json'), 'utf8')));
}

function merge(directory: string, start: readonly string[], kept: string): void {
  // Another process may merge the same bundle now, so the cache entry is created atomically.
  const draft = `${kept}.${process.pid}`;
  const script = [
    join(import.meta.dirname, 'merge-start.ts'),
    '--from',
    directory,
    '--to',
    join(draft, 'bundle'),
  ];
  const loaded = execFileSync(process.execPath, [...script, ...start], { encoding: 'utf8' });
  writeFileSync(join(draft, 'loaded.json'), loaded);
  try {
    renameSync(draft, kept);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(kept)) throw error;
  }
}

function digestOf(directory: string): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(directory).toSorted())
    hash
      .update(name)
      .update('\0')
      .update(readFileSync(join(directory, name)))
      .update('\0');
  return hash.digest('hex');
}
