import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { delimiter, dirname, join } from 'node:path';
import { LocalProblem } from '../../problem.ts';
import { claim, endLeftover, release } from './ownership.ts';

/** A DynamoDB engine at `endpoint`. */
export interface Engine {
  readonly endpoint: string;
  /** The database file, if the engine is ours. */
  readonly database: string | undefined;
  stop(): Promise<void>;
}

interface EngineOptions {
  readonly stateDirectory: string;
  /** Another DynamoDB to use instead (`MTCMS_DYNAMODB_ENDPOINT`). */
  readonly endpoint?: string | undefined;
  /** Nothing is persisted: for tests that don't restart. */
  readonly inMemory?: boolean;
  readonly search?: EngineSearch;
  /** Called when the engine ends unexpectedly. */
  readonly onUnexpectedEnd?: (message: string) => void;
}

/** Starts Dynoxide on the state directory's database, or connects to the given DynamoDB. */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  if (options.endpoint) return { endpoint: options.endpoint, database: undefined, stop: async () => {} };
  const search = options.search ?? thisMachine();
  const binary = findEngine(search);
  if (binary === undefined)
    throw new LocalProblem(
      `There is no database engine for ${search.platform}-${search.architecture}. Run "npm install" (it brings @dynoxide/${search.platform}-${search.architecture} where that exists), put "dynoxide" on the PATH, or name any DynamoDB endpoint in MTCMS_DYNAMODB_ENDPOINT.`,
    );
  mkdirSync(options.stateDirectory, { recursive: true });
  await endLeftover(options.stateDirectory);
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await launch(binary, options);
    if (outcome !== 'port taken') return outcome;
    if (attempt === 5)
      throw new LocalProblem('The database engine found no free port in five attempts. Try again.');
  }
}

async function launch(binary: string, options: EngineOptions): Promise<Engine | 'port taken'> {
  const database = join(options.stateDirectory, 'dynamodb.db');
  const port = await freePort();
  const kept = options.inMemory === true ? [] : ['--db-path', database];
  const child = spawn(binary, ['serve', '--port', String(port), ...kept], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // In its own process group: Ctrl-C must only reach us, because the engine is stopped after its users.
    detached: true,
  });
  const started = await readyOrReason(child);
  if (started !== 'ready') {
    if (started.includes('already in use')) return 'port taken';
    throw engineProblem(started, database);
  }
  const endpoint = `http://127.0.0.1:${port}`;
  claim(options.stateDirectory, child.pid ?? 0, endpoint);
  return supervise(child, { endpoint, database }, options);
}

/** Waits until the engine listens. Resolves to `ready`, or to what it printed before it ended. */
function readyOrReason(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    let said = '';
    const settle = (outcome: string) => {
      // Later output is discarded: a full pipe would block the engine.
      child.stdout?.removeListener('data', listen).resume();
      child.stderr?.removeListener('data', listen).resume();
      resolve(outcome);
    };
    const listen = (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('listening on')) settle('ready');
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.once('error', (error) => settle(error.message));
    child.once('close', (code) => settle(said.trim() || `it ended with code ${code}`));
  });
}

/** Turns the engine's error message into advice for the person at the machine. */
export function engineProblem(reason: string, database: string): LocalProblem {
  if (/not a valid SQLite|malformed|corrupt/i.test(reason))
    return new LocalProblem(
      `The local database ${database} is damaged. Run "npm run reset" to start with an empty one, or move the file away to keep it.`,
    );
  return new LocalProblem(`The database engine failed: ${reason}`);
}

function supervise(child: ChildProcess, at: Omit<Engine, 'stop'>, options: EngineOptions): Engine {
  let stopping = false;
  // Only `kill -9` leaves an engine behind; the next start ends it.
  const endWithUs = () => child.kill('SIGKILL');
  process.once('exit', endWithUs);
  const ended = once(child, 'close').then(([code]) => {
    process.removeListener('exit', endWithUs);
    release(options.stateDirectory);
    if (!stopping)
      options.onUnexpectedEnd?.(`The database engine ended unexpectedly (code ${code}). Start again.`);
  });
  return {
    ...at,
    async stop() {
      stopping = true;
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new LocalProblem('No free port was found.');
  return address.port;
}

/** Where to look for the engine; replaceable, so that tests can simulate a machine without it. */
interface EngineSearch {
  readonly platform: string;
  readonly architecture: string;
  readonly path: string;
  /** Resolves a file of an installed package, or throws. */
  readonly resolve: (file: string) => string;
}

export const thisMachine = (): EngineSearch => ({
  platform: process.platform,
  architecture: process.arch,
  path: process.env.PATH ?? '',
  resolve: createRequire(import.meta.url).resolve,
});

/**
 * Dynoxide's executable: the npm package of this platform, otherwise one on the PATH, otherwise undefined.
 */
export function findEngine(search: EngineSearch): string | undefined {
  const file = search.platform === 'win32' ? 'dynoxide.exe' : 'dynoxide';
  return [fromPackage(search, file), ...fromPath(search, file)].find(isExecutable);
}

function fromPackage(search: EngineSearch, file: string): string | undefined {
  try {
    const manifest = search.resolve(`@dynoxide/${search.platform}-${search.architecture}/package.json`);
    return join(dirname(manifest), file);
  } catch {
    return undefined;
  }
}

const fromPath = (search: EngineSearch, file: string) =>
  search.path
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, file));

function isExecutable(file: string | undefined): file is string {
  if (file === undefined) return false;
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
