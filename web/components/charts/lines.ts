/** Values in a row; null or undefined where unknown. */
type Values = readonly (number | null | undefined)[];

/** A contiguous part of a line, as indexes of its values. */
export interface Stroke {
  readonly indexes: readonly number[];
  /** Whether it starts or ends at a value of an incomplete period. */
  readonly partial: boolean;
}

/** Contiguous runs of known values, as indexes. */
export function runsOf(values: Values): readonly (readonly number[])[] {
  const runs: number[][] = [];
  values.forEach((value, index) => {
    if (value === null || value === undefined) return;
    const last = runs.at(-1);
    if (last?.at(-1) === index - 1) last.push(index);
    else runs.push([index]);
  });
  return runs;
}

/** Splits a line at gaps, and where incomplete periods begin or end. */
export function strokesOf(values: Values, isPartial: (index: number) => boolean): readonly Stroke[] {
  return runsOf(values).flatMap((run) => {
    const strokes: { indexes: number[]; partial: boolean }[] = [];
    for (const [place, index] of run.entries()) {
      const before = run[place - 1];
      if (before === undefined) continue;
      const partial = isPartial(index) || isPartial(before);
      const last = strokes.at(-1);
      if (last?.partial === partial) last.indexes.push(index);
      else strokes.push({ indexes: [before, index], partial });
    }
    return strokes;
  });
}

interface Place {
  readonly x: number;
  readonly y: number;
}

/** An SVG path of straight lines between the points. */
export const pathOf = (places: readonly Place[]): string =>
  places
    .map(
      ({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${Math.round(x * 10) / 10},${Math.round(y * 10) / 10}`,
    )
    .join('');
