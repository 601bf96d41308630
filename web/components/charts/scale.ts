/** Round distances between two ticks, up to the next power of ten. */
const steps = [1, 2, 2.5, 5, 10] as const;

/**
 * Round numbers from at most the lowest to at least the highest value, and always with 0: a trend is seen against nothing.
 * @param most how many distances there may be
 */
export function ticksOf(values: readonly number[], most: number): readonly number[] {
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  if (low === high) return [0, 1];
  const power = 10 ** Math.floor(Math.log10((high - low) / most));
  const whole = values.every(Number.isInteger);
  const step =
    steps
      .map((factor) => factor * power)
      .find(
        (size) => Math.ceil(high / size) - Math.floor(low / size) <= most && !(whole && size % 1 !== 0),
      ) ?? 10 * power;
  const first = Math.floor(low / step);
  const count = Math.ceil(high / step) - first;
  // Each from its place, not from the one before: sums of fractions drift.
  return Array.from({ length: count + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}

/** Which of so many points get a label: evenly spread from the first on, at most `most`. */
export const labelled = (count: number, most: number): readonly number[] => {
  const step = Math.max(1, Math.ceil(count / Math.max(1, most)));
  return Array.from({ length: Math.ceil(count / step) }, (_, index) => index * step);
};

/** Where a line is whole: the indexes of values without a gap between them. */
export function runsOf(values: readonly (number | null | undefined)[]): readonly (readonly number[])[] {
  const runs: number[][] = [];
  values.forEach((value, index) => {
    if (value === null || value === undefined) return;
    const last = runs.at(-1);
    if (last?.at(-1) === index - 1) last.push(index);
    else runs.push([index]);
  });
  return runs;
}
