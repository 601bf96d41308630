import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/**
 * Runs a function with the sources of a commit, checked out in a temporary directory with the current
 * packages.
 */
export async function withSourcesOf<Result>(
  commit: string,
  use: (directory: string) => Result | Promise<Result>,
): Promise<Result> {
  const directory = mkdtempSync(join(tmpdir(), 'mtcms-sources-'));
  try {
    const archive = join(directory, 'commit.tar');
    execFileSync('git', ['archive', '--output', archive, commit], { cwd: root });
    execFileSync('tar', ['-x', '-f', archive, '-C', directory]);
    rmSync(archive);
    symlinkSync(join(root, 'node_modules'), join(directory, 'node_modules'));
    return await use(directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
}
