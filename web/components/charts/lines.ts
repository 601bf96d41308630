/** Values in a row; nothing where nothing is known. */
type Values = readonly (number | null | undefined)[];

/** A part of a line between gaps, by the indexes of its values. */
export interface Stroke {
  readonly indexes: readonly number[];
  /** Whether it leads to or from a value that isn't all of its step. */
  readonly partial: boolean;
}

/** Where a line is whole: the indexes of values without a gap between them. */
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

/** A line's parts: cut at gaps, and where it becomes partial or whole. */
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

/** Straight from place to place, as an SVG path. */
export const pathOf = (places: readonly Place[]): string =>
  places
    .map(
      ({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${Math.round(x * 10) / 10},${Math.round(y * 10) / 10}`,
    )
    .join('');
