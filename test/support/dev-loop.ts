import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { clientOf, eventually } from './product.ts';
import { copyProject, type ProjectCopy } from './project-copy.ts';
import { seededState } from './seeded-state.ts';

/** `npm run dev` on a copy of the project, with the example data. */
export interface DevLoop extends ReturnType<typeof clientOf> {
  readonly origin: string;
  readonly project: ProjectCopy;
  /** Port of the inspector. */
  readonly inspectorPort: number;
  /** Its output so far. */
  said(): string;
  stop(): Promise<void>;
}

/** As infra/local/product.ts starts the stand-in. */
const secretKey = 'sk_test_mtcms_local';

export async function startDevLoop(): Promise<DevLoop> {
  const project = copyProject();
  const stateDirectory = join(project.directory, '.local');
  cpSync(await seededState(), stateDirectory, { recursive: true });
  const [port, inspectorPort] = [await freePort(), await freePort()];
  const { NODE_ENV: _test, ...environment } = process.env;
  const child = spawn(process.execPath, ['infra/local/dev.ts', `--inspect=127.0.0.1:${inspectorPort}`], {
    cwd: project.directory,
    env: { ...environment, PORT: String(port), MTCMS_STATE_DIRECTORY: stateDirectory },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
  const origin = `http://localhost:${port}`;
  await eventually(
    async () => said.includes('is ready after') || child.exitCode !== null,
    'the loop runs',
    120,
  );
  if (child.exitCode !== null) throw new Error(`npm run dev ended:\n${said}`);
  return {
    ...clientOf({ origin, clerk: { url: `${origin}/clerk`, secretKey } }),
    origin,
    project,
    inspectorPort,
    said: () => said,
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
      project.remove();
    },
  };
}
