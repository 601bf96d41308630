import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import * as z from 'zod';
import { LocalProblem } from '../../problem.ts';

const ownership = z.object({
  engine: z.int().positive(),
  engineCommand: z.string().min(1),
  owner: z.int().positive(),
  ownerCommand: z.string().min(1),
  /** Start times as the system reports them; absent in files of older versions. */
  engineStart: z.string().optional(),
  ownerStart: z.string().optional(),
  /** The engine's address; absent in files of older versions. */
  endpoint: z.url().optional(),
});

const fileIn = (stateDirectory: string) => join(stateDirectory, 'engine.json');

/** Records which engine serves this state directory, and which process started it. */
export function claim(stateDirectory: string, engine: number, endpoint: string): void {
  const note = {
    endpoint,
    engine,
    engineCommand: commandOf(engine) ?? 'unknown',
    owner: process.pid,
    ownerCommand: commandOf(process.pid) ?? 'unknown',
    engineStart: startOf(engine),
    ownerStart: startOf(process.pid),
  };
  writeFileSync(fileIn(stateDirectory), JSON.stringify(note));
}

export const release = (stateDirectory: string): void => rmSync(fileIn(stateDirectory), { force: true });

/** The engine of a run that is still alive on this state directory. It may be used but not stopped. */
export function runningEngine(
  stateDirectory: string,
): { readonly endpoint: string; stop(): Promise<void> } | undefined {
  const note = readNote(stateDirectory);
  if (note?.endpoint === undefined || !ownerLives(note)) return undefined;
  return { endpoint: note.endpoint, stop: async () => {} };
}

/**
 * Ends the engine that a killed run left behind. Process ids are reused, so a process is that engine only if
 * its command line and start time match the record.
 * @throws LocalProblem when the run that recorded it is still alive
 */
export async function endLeftover(stateDirectory: string): Promise<void> {
  const note = readNote(stateDirectory);
  if (note === undefined) return;
  if (ownerLives(note))
    throw new LocalProblem(
      `Another run (process ${note.owner}) is using ${stateDirectory}. Stop it first, or choose another folder with MTCMS_STATE_DIRECTORY.`,
    );
  if (isStill(note.engine, note.engineCommand, note.engineStart)) await end(note.engine);
  release(stateDirectory);
}

const isStill = (pid: number, command: string, start: string | undefined): boolean =>
  commandOf(pid) === command && (start === undefined || startOf(pid) === start);

/** A record without a start time that names this process's id was made by an earlier process. */
const ownerLives = ({ owner, ownerCommand, ownerStart }: z.infer<typeof ownership>): boolean =>
  (owner !== process.pid || ownerStart !== undefined) && isStill(owner, ownerCommand, ownerStart);

function readNote(stateDirectory: string) {
  try {
    return ownership.parse(JSON.parse(readFileSync(fileIn(stateDirectory), 'utf8')));
  } catch {
    return undefined;
  }
}

async function end(pid: number): Promise<void> {
  process.kill(pid, 'SIGTERM');
  for (let attempt = 0; commandOf(pid) !== undefined; attempt += 1) {
    if (attempt === 40) process.kill(pid, 'SIGKILL');
    if (attempt === 80)
      throw new LocalProblem(
        `Process ${pid}, a database engine left over from an earlier run, doesn’t stop. Stop it by hand.`,
      );
    await delay(50);
  }
}

/** The command line of a running process; undefined if there is none or the system doesn't say. */
export function commandOf(pid: number): string | undefined {
  try {
    const command =
      process.platform === 'linux'
        ? readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
        : execFileSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' });
    return command.trim() === '' ? undefined : command.trim();
  } catch {
    return undefined;
  }
}

/**
 * A running process's start time, for comparison only; undefined if there is none or the system doesn't say.
 */
export function startOf(pid: number): string | undefined {
  try {
    if (process.platform !== 'linux')
      return execFileSync('ps', ['-p', String(pid), '-o', 'lstart='], { encoding: 'utf8' }).trim();
    // The 22nd field: clock ticks since boot. The second is a name in brackets that may contain anything.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${ticks}`;
  } catch {
    return undefined;
  }
}
