/** Round distances between two ticks, up to the next power of ten. */
const steps = [1, 2, 2.5, 5, 10] as const;

/**
 * Round numbers from at most the lowest to at least the highest value.
 * @param most how many distances there may be
 * @param fromZero whether 0 is one of them: a count is seen against nothing, a measured value against its
 * goals
 */
export function ticksOf(values: readonly number[], most: number, fromZero: boolean): readonly number[] {
  const [low, high] = spanOf(fromZero || values.length === 0 ? [0, ...values] : values);
  const exponent = Math.floor(Math.log10((high - low) / most));
  const power = 10 ** exponent;
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
  // A step of 2.5 has one decimal more than its power of ten.
  const decimals = Math.max(0, 1 - exponent);
  const ticks = Array.from({ length: count + 1 }, (_, index) => (first + index) * step);
  // Of large numbers hardly apart, two ticks can be the same number.
  return [...new Set(ticks.map((tick) => Number(tick.toFixed(decimals))))];
}

/** As many as every browser writes. */
const mostDecimals = 20;

/** How many decimals ticks need for each to be written as what it is, so that no two read the same. */
export function decimalsOf(ticks: readonly number[]): number {
  const isWritten = (decimals: number) => ticks.every((tick) => Number(tick.toFixed(decimals)) === tick);
  let decimals = 0;
  while (decimals < mostDecimals && !isWritten(decimals)) decimals += 1;
  return decimals;
}

/** The lowest and the highest value, apart from one another. */
function spanOf(values: readonly number[]): readonly [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  if (low !== high) return [low, high];
  const around = Math.abs(low) / 10;
  return around === 0 ? [0, 1] : [low - around, high + around];
}

/**
 * Which of some places on a line get a label: from the first on, each at least so far from the one before.
 */
export function labelled(places: readonly number[], apart: number): readonly number[] {
  const chosen: number[] = [];
  let free = Number.NEGATIVE_INFINITY;
  places.forEach((place, index) => {
    if (place < free) return;
    chosen.push(index);
    free = place + apart;
  });
  return chosen;
}

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
