/**
 * When to look at a stream again. A write through the gate wakes the readers at once; in between they look by
 * themselves, seldom while nothing happens, because others may write to the engine too.
 */
export interface Pulse {
  readonly stopped: boolean;
  /** How many writes there were; tells a reader whether one came while it was reading. */
  readonly beats: number;
  /** Something was written. */
  beat(): void;
  /** Waits for a beat later than `seen`, at most so many milliseconds. */
  rest(most: number, seen: number): Promise<void>;
  /** Waits so many milliseconds, whatever is written. */
  pause(duration: number): Promise<void>;
  /** Ends every wait. */
  stop(): void;
}

export function createPulse(): Pulse {
  const resting = new Set<() => void>();
  const pausing = new Set<() => void>();
  let beats = 0;
  let stopped = false;

  const wait = (waiting: Set<() => void>, duration: number) =>
    new Promise<void>((resolve) => {
      const end = () => {
        clearTimeout(timer);
        waiting.delete(end);
        resolve();
      };
      const timer = setTimeout(end, duration);
      waiting.add(end);
    });
  const endAll = (waiting: Set<() => void>) => {
    for (const end of waiting) end();
  };

  return {
    get stopped() {
      return stopped;
    },
    get beats() {
      return beats;
    },
    beat() {
      beats += 1;
      endAll(resting);
    },
    async rest(most, seen) {
      if (!stopped && beats === seen) await wait(resting, most);
    },
    async pause(duration) {
      if (!stopped && duration > 0) await wait(pausing, duration);
    },
    stop() {
      stopped = true;
      endAll(resting);
      endAll(pausing);
    },
  };
}
