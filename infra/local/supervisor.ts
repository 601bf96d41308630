import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** One process at a time, restarted on demand. */
export interface Supervisor {
  /** Ends the process if it is running, and starts the next. Concurrent calls wait for their turn. */
  restart(): Promise<void>;
  /** Ends the process, and starts no other. */
  stop(): Promise<void>;
}

const runs = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode === null && signalCode === null;

/** Starts a process and tracks it until it ends: by itself, by a signal, or here. */
export function supervise(start: () => ChildProcess): Supervisor {
  let running = start();
  let stopped = false;
  let turn: Promise<void> = Promise.resolve();

  async function end(): Promise<void> {
    if (!runs(running)) return;
    const ended = once(running, 'exit');
    running.kill('SIGTERM');
    await ended;
  }
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    turn = turn.then(work);
    return turn;
  };
  return {
    restart: () =>
      inTurn(async () => {
        if (stopped) return;
        await end();
        if (!stopped) running = start();
      }),
    stop() {
      stopped = true;
      return inTurn(end);
    },
  };
}
