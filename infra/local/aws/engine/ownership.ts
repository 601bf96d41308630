import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import * as z from 'zod';
import { LocalProblem } from '../problem.ts';

const ownership = z.object({
  engine: z.int().positive(),
  engineCommand: z.string().min(1),
  owner: z.int().positive(),
  ownerCommand: z.string().min(1),
  /** Where the engine answers; absent in notes of older versions. */
  endpoint: z.url().optional(),
});

const fileIn = (stateDirectory: string) => join(stateDirectory, 'engine.json');

/** Notes which engine serves this state directory, and which process started it. */
export function claim(stateDirectory: string, engine: number, endpoint: string): void {
  const note = {
    endpoint,
    engine,
    engineCommand: commandOf(engine) ?? 'unknown',
    owner: process.pid,
    ownerCommand: commandOf(process.pid) ?? 'unknown',
  };
  writeFileSync(fileIn(stateDirectory), JSON.stringify(note));
}

export const release = (stateDirectory: string): void => rmSync(fileIn(stateDirectory), { force: true });

/** The engine that a living run has on this state directory, for another process to use and not to stop. */
export function runningEngine(
  stateDirectory: string,
): { readonly endpoint: string; stop(): Promise<void> } | undefined {
  const note = readNote(stateDirectory);
  if (note?.endpoint === undefined || commandOf(note.owner) !== note.ownerCommand) return undefined;
  return { endpoint: note.endpoint, stop: async () => {} };
}

/**
 * Ends the engine that a killed run left behind. A process counts as that engine only if its command line is the noted
 * one: process numbers are used again. Refuses when the run that noted it still lives.
 */
export async function endLeftover(stateDirectory: string): Promise<void> {
  const note = readNote(stateDirectory);
  if (note === undefined) return;
  if (commandOf(note.owner) === note.ownerCommand)
    throw new LocalProblem(
      `Another run (process ${note.owner}) is using ${stateDirectory}. Stop it first, or give this one a state directory of its own.`,
    );
  if (commandOf(note.engine) === note.engineCommand) await end(note.engine);
  release(stateDirectory);
}

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
        `Process ${pid}, a database engine left by an earlier run, does not end. End it.`,
      );
    await delay(50);
  }
}

/** The command line of a running process, or undefined when there is none (or the system doesn't tell). */
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
