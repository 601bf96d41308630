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
    expect(ticksOf(values, 4)).toEqual(ticks);
  });

  it.each([[[]], [[0, 0]]])('is there where there is nothing, too: %j', (values) => {
    expect(ticksOf(values, 4)).toEqual([0, 1]);
  });

  it('names as many dates as there is room for, evenly', () => {
    expect(labelled(10, 4)).toEqual([0, 3, 6, 9]);
    expect(labelled(3, 10)).toEqual([0, 1, 2]);
    expect(labelled(5, 0)).toEqual([0]);
    expect(labelled(0, 4)).toEqual([]);
  });

  it('has a gap in the line where nothing was measured', () => {
    expect(runsOf([null, 1, 2, undefined, 0, null, 3])).toEqual([[1, 2], [4], [6]]);
  });
});
