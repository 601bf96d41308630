import { describe, expect, it } from 'vitest';
import { labelled, runsOf, ticksOf } from '../../web/components/charts/scale.ts';

describe('the scale of a chart', () => {
  it.each([
    [
      [1, 26],
      [0, 10, 20, 30],
    ],
    [[3], [0, 1, 2, 3]],
    [
      [1, 2],
      [0, 1, 2],
    ],
    [
      [0.4, 0.9],
      [0, 0.25, 0.5, 0.75, 1],
    ],
    [
      [93.6, 95.1],
      [0, 25, 50, 75, 100],
    ],
    [
      [-12, 5],
      [-15, -10, -5, 0, 5],
    ],
    [[1_234_567], [0, 500_000, 1_000_000, 1_500_000]],
  ])('has round steps from 0 on, whole ones for whole values: %j', (values, ticks) => {
    expect(ticksOf(values, 4, true)).toEqual(ticks);
  });

  it.each([[[]], [[0, 0]]])('is there where there is nothing, too: %j', (values) => {
    expect(ticksOf(values, 4, true)).toEqual([0, 1]);
    expect(ticksOf(values, 4, false)).toEqual([0, 1]);
  });

  it.each([
    [
      [6.5, 8.04, 9],
      [6, 7, 8, 9],
    ],
    [
      [93, 95, 98],
      [92, 94, 96, 98],
    ],
    [[-4], [-5, -4, -3]],
  ])('begins near the lowest value where it is not counted from nothing: %j', (values, ticks) => {
    expect(ticksOf(values, 4, false)).toEqual(ticks);
  });

  it('names the dates for which there is room, also where they are unevenly apart', () => {
    expect(labelled([0, 10, 20, 30, 40], 20)).toEqual([0, 2, 4]);
    expect(labelled([0, 5, 50, 60, 75], 20)).toEqual([0, 2, 4]);
    expect(labelled([], 20)).toEqual([]);
  });

  it('has a gap in the line where nothing was measured', () => {
    expect(runsOf([null, 1, 2, undefined, 0, null, 3])).toEqual([[1, 2], [4], [6]]);
  });
});
