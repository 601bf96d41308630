import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { cache } from '../../infra/local/assembly/synthesize.ts';
import { eventually } from './product.ts';

/** `npm start` without npm: the command that it runs, and its output. */
export function startProcess(environment: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, ['infra/local/start.ts'], {
    env: {
      ...process.env,
      // Node caches compiled code, which makes each start faster.
      NODE_COMPILE_CACHE: join(cache, 'compiled'),
      ...environment,
    },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
  const ended = once(child, 'exit').then(() => child.exitCode);
  return { child, ended, said: () => said };
}

/** Resolves once it serves requests, or has ended. */
export const ready = (run: ReturnType<typeof startProcess>) =>
  eventually(
    async () => run.said().includes('is ready after') || run.child.exitCode !== null,
    'the product is ready',
    120,
  );

const Engine = z.object({ engine: z.number() });

/** The database engine's process of a running product. */
export const enginePid = (stateDirectory: string): number =>
  Engine.parse(JSON.parse(readFileSync(join(stateDirectory, 'engine.json'), 'utf8'))).engine;
