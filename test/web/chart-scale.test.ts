import { describe, expect, it } from 'vitest';
import { decimalsOf, labelled, runsOf, ticksOf } from '../../web/components/charts/scale.ts';
import { formatsFor } from '../../web/text/formats.ts';

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

  it.each([
    [
      [0.001, 0.0042],
      ['0.000', '0.002', '0.004', '0.006'],
    ],
    [
      [0.4, 0.9],
      ['0.00', '0.25', '0.50', '0.75', '1.00'],
    ],
    [[1e-9], ['0.00000000000', '0.00000000025', '0.00000000050', '0.00000000075', '0.00000000100']],
    [[1_234_567], ['0', '500,000', '1,000,000', '1,500,000']],
  ])('is labelled with as many decimals as its steps have: %j', (values, labels) => {
    const ticks = ticksOf(values, 4, true);
    const { decimal } = formatsFor('en');
    expect(ticks.map((tick) => decimal(tick, decimalsOf(ticks)))).toEqual(labels);
  });

  it.each([
    [[1.001, 1.003]],
    [[99.9995, 100.0005]],
    [[1e-9, 1.2e-9]],
    [[1e15 - 2, 1e15]],
    [[1e15 - 0.125, 1e15]],
    [[1e6, 1e6 + 1e-3]],
    [[-0.004, 0.004]],
  ])('has no two labels that read the same: %j', (values) => {
    const ticks = ticksOf(values, 4, false);
    const { decimal } = formatsFor('de');
    const labels = ticks.map((tick) => decimal(tick, decimalsOf(ticks)));
    expect(labels.length).toBeGreaterThan(1);
    expect(new Set(labels).size).toBe(labels.length);
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
