/**
 * Moves the time that `Date` tells by so many milliseconds, in this thread. Timers and the engine keep their
 * own. Functions have it preloaded, with the shift in their environment.
 * @returns what sets it right again
 */
export function shiftClock(milliseconds: number): () => void {
  const real = Date;
  const now = () => real.now() + milliseconds;
  globalThis.Date = new Proxy(real, {
    construct: (target, given, newTarget) =>
      Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget),
    get: (target, name, receiver) => (name === 'now' ? now : Reflect.get(target, name, receiver)),
  });
  return () => {
    globalThis.Date = real;
  };
}

const given = process.env.MTCMS_TEST_CLOCK_SHIFT;
if (given !== undefined) shiftClock(Number(given));
