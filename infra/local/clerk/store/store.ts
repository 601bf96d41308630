import { mkdirSync, readFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LocalProblem } from '../../aws/problem.ts';
import { emptyState, State } from './state.ts';

/** The stand-in's memory, and the file it outlives the process in. */
export interface Store {
  readonly state: State;
  /** Changes the state at once and resolves when the change is on disk. What throws has changed nothing. */
  change<Result>(make: (state: State) => Result): Promise<Result>;
  /** Calls the listener after each change that is on disk. */
  watch(listener: () => void): void;
  /** Resolves when all changes are on disk. */
  settled(): Promise<void>;
}

/** Opens the state in a directory. @throws LocalProblem when its file is damaged. */
export function openStore(directory: string): Store {
  mkdirSync(directory, { recursive: true });
  const file = join(directory, 'state.json');
  const state = read(file);
  const listeners: (() => void)[] = [];
  // Changes that come while the file is written share the next write.
  let writing = Promise.resolve();
  let next: Promise<void> | undefined;
  const save = () => {
    next ??= writing.then(() => {
      next = undefined;
      const write = replace(file, JSON.stringify(state));
      writing = write.catch(() => undefined);
      return write;
    });
    return next;
  };
  return {
    state,
    async change(make) {
      const result = make(state);
      await save();
      for (const listener of listeners) listener();
      return result;
    },
    watch: (listener) => void listeners.push(listener),
    settled: async () => {
      await next;
      await writing;
    },
  };
}

/** A process that is killed leaves the old file or the new one, whole. */
async function replace(file: string, text: string): Promise<void> {
  const draft = `${file}.new`;
  await writeFile(draft, text, { mode: 0o600 });
  await rename(draft, file);
}

function read(file: string): State {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return emptyState();
  }
  try {
    return State.parse(JSON.parse(text));
  } catch (cause) {
    throw new LocalProblem(`${file}, which keeps people and invitations, is damaged. Run "npm run reset".`, {
      cause,
    });
  }
}
