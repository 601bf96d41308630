/**
 * Shifts the time of `Date` by that many milliseconds, in this thread. Timers and the engine aren't
 * affected. Functions preload it, with the shift in their environment.
 * @returns a function that undoes it
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
