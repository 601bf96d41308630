/**
 * Wakes the stream's readers after a write through the gate. In between they poll, less and less often
 * while nothing happens, because others may write to the engine, too.
 */
export interface WriteSignal {
  readonly stopped: boolean;
  /** The number of writes so far, so that a reader notices writes that happened while it was reading. */
  readonly writes: number;
  /** Something was written. */
  notify(): void;
  /** Waits for a write after the number `seen`, at most that many milliseconds. */
  waitForWrite(most: number, seen: number): Promise<void>;
  /** Waits that many milliseconds, regardless of writes. */
  sleep(duration: number): Promise<void>;
  /** Ends every wait. */
  stop(): void;
}

export function createWriteSignal(): WriteSignal {
  const waiting = new Set<() => void>();
  const sleeping = new Set<() => void>();
  let writes = 0;
  let stopped = false;

  const wait = (waiters: Set<() => void>, duration: number) =>
    new Promise<void>((resolve) => {
      const end = () => {
        clearTimeout(timer);
        waiters.delete(end);
        resolve();
      };
      const timer = setTimeout(end, duration);
      waiters.add(end);
    });
  const endAll = (waiters: Set<() => void>) => {
    for (const end of waiters) end();
  };

  return {
    get stopped() {
      return stopped;
    },
    get writes() {
      return writes;
    },
    notify() {
      writes += 1;
      endAll(waiting);
    },
    async waitForWrite(most, seen) {
      if (!stopped && writes === seen) await wait(waiting, most);
    },
    async sleep(duration) {
      if (!stopped && duration > 0) await wait(sleeping, duration);
    },
    stop() {
      stopped = true;
      endAll(waiting);
      endAll(sleeping);
    },
  };
}
