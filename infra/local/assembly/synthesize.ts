import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LocalProblem } from '../aws/problem.ts';

const root = join(import.meta.dirname, '../../..');

/** The origin that stage `local` of cdk.json is synthesized for. */
export const synthesizedOrigin = 'http://localhost:4000';

const inputs = [
  'infra/*.ts',
  'infra/{stacks,constructs}/**/*.ts',
  '{functions,domain,events}/**/*.ts',
  'web/**/*',
  'cdk.json',
  'package-lock.json',
];

/** What the project's build keeps between runs: whoever deletes it waits once more. */
export const cache = join(root, 'node_modules/.cache/mtcms');

/** A fingerprint of the project's files that match. */
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
 * The cloud assembly of stage `local`, of the sources as they are: synthesized when they have changed since the last time.
 * @param say told what takes its time
 * @returns the assembly's directory
 */
export async function synthesize(say: (step: string) => void): Promise<string> {
  const directory = join(cache, 'assembly');
  const mark = join(cache, 'assembly.sha256');
  const current = fingerprint(inputs);
  if (existsSync(mark) && readFileSync(mark, 'utf8') === current) return directory;
  rmSync(mark, { force: true });
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(cache, { recursive: true });
  say('building the web app');
  await run(
    'Building the web app',
    join(root, 'node_modules/vite/bin/vite.js'),
    ['build', 'web', '--logLevel', 'warn'],
    // Whoever starts the product, a test runner with an environment of its own too: it is the build that ships.
    { NODE_ENV: 'production' },
  );
  say('synthesizing the CloudFormation templates');
  await run('Synthesizing', join(root, 'infra/app.ts'), [], { CDK_OUTDIR: directory });
  // Written last: a run that was killed on the way starts again.
  writeFileSync(`${mark}.new`, current);
  renameSync(`${mark}.new`, mark);
  return directory;
}
