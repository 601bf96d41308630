import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  existsSync,
  globSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { startOf } from '../aws/engine/ownership.ts';
import { LocalProblem } from '../problem.ts';

const root = join(import.meta.dirname, '../../..');

/** The origin that stage `local` of cdk.json is synthesized for. */
export const synthesizedOrigin = 'http://localhost:4000';

const inputs = [
  'infra/*.ts',
  'infra/{bundle,stacks,constructs}/**/*.ts',
  '{functions,domain,events}/**/*.ts',
  'web/**/*',
  'cdk.json',
  'package-lock.json',
];

/** The build's cache; deleting it only costs time. */
export const cache = join(root, 'node_modules/.cache/mtcms');

/** A hash of the project's files that match. */
export function fingerprint(patterns: readonly string[]): string {
  const hash = createHash('sha256');
  const files = globSync(patterns, { cwd: root, exclude: ['web/dist/**'], withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const file of files)
    hash.update(file.slice(root.length)).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}

async function run(
  what: string,
  script: string,
  parameters: readonly string[],
  environment: NodeJS.ProcessEnv,
) {
  const child = spawn(process.execPath, [script, ...parameters], {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => output.push(chunk));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new LocalProblem(`${what} failed:\n${Buffer.concat(output).toString().trim()}`);
}

/**
 * Synthesizes stage `local`, unless the current sources already have a cloud assembly. Each has its own
 * directory, which is kept while a product runs from it.
 * @param say called with each step that takes a while
 * @returns the assembly's directory
 */
export async function synthesize(say: (step: string) => void): Promise<string> {
  const assemblies = join(cache, 'assemblies');
  const directory = join(assemblies, fingerprint(inputs).slice(0, 16));
  if (!existsSync(directory)) {
    mkdirSync(assemblies, { recursive: true });
    const draft = `${directory}.${process.pid}`;
    rmSync(draft, { recursive: true, force: true });
    say('building the web app');
    await run(
      'Building the web app',
      join(root, 'node_modules/vite/bin/vite.js'),
      ['build', 'web', '--logLevel', 'warn'],
      // Always the production build, even when a test runner with another environment starts the product.
      { NODE_ENV: 'production' },
    );
    say('synthesizing the CloudFormation templates');
    await run('Synthesizing', join(root, 'infra/app.ts'), [], {
      CDK_OUTDIR: draft,
      // Credentials of this shell don't matter here.
      CDK_DEFAULT_ACCOUNT: '',
    });
    keep(draft, directory);
  }
  noteUser(directory);
  removeUnused(assemblies, directory);
  return directory;
}

/** Renames a finished draft, unless another process was faster. */
function keep(draft: string, directory: string): void {
  try {
    renameSync(draft, directory);
  } catch (error) {
    if (!existsSync(directory)) throw error;
    rmSync(draft, { recursive: true });
  }
}

const usersOf = (assembly: string) => join(assembly, '.users');

/** Records that this process uses an assembly, from which it may load functions at any time. */
export function noteUser(assembly: string): void {
  mkdirSync(usersOf(assembly), { recursive: true });
  writeFileSync(join(usersOf(assembly), String(process.pid)), startOf(process.pid) ?? '');
}

function isUsed(assembly: string): boolean {
  const users = existsSync(usersOf(assembly)) ? readdirSync(usersOf(assembly)) : [];
  return users.some((pid) => startOf(Number(pid)) === readFileSync(join(usersOf(assembly), pid), 'utf8'));
}

/**
 * Removes assemblies that no process uses. A draft, named `<assembly>.<process>`, belongs to that process.
 */
export function removeUnused(assemblies: string, current: string): void {
  for (const name of readdirSync(assemblies)) {
    const assembly = join(assemblies, name);
    const [, draftOf] = name.split('.');
    const used = draftOf === undefined ? isUsed(assembly) : startOf(Number(draftOf)) !== undefined;
    if (assembly !== current && !used) rmSync(assembly, { recursive: true, force: true });
  }
}
