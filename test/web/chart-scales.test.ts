import { describe, expect, it } from 'vitest';
import { runsOf, strokesOf } from '../../web/components/charts/lines.ts';
import {
  timeAxis,
  timeLabels,
  valueAxis,
  valueLabels,
  widthOf,
  withoutOverlap,
} from '../../web/components/charts/scales.ts';
import { formatsFor } from '../../web/text/formats.ts';

const height = 200;
const ticksOf = (values: readonly number[], fromZero: boolean) =>
  valueAxis(values, [height, 0], fromZero).ticks;
const labelsOf = (values: readonly number[], fromZero: boolean, locale = 'en') =>
  valueLabels(ticksOf(values, fromZero), formatsFor(locale));

describe('the axis of values', () => {
  it('has round steps from 0 on for what is counted, and whole ones for whole values', () => {
    expect(ticksOf([1, 26], true)).toEqual([0, 10, 20, 30]);
    expect(ticksOf([1], true)).toEqual([0, 1]);
    expect(ticksOf([0.5, 1.5], true).at(0)).toBe(0);
  });

  it('begins near the lowest value where it is not counted from nothing', () => {
    expect(ticksOf([93, 95, 98], false).at(0)).toBeGreaterThanOrEqual(92);
    expect(ticksOf([-4], false)).toContain(-4);
  });

  it.each([[[]], [[0, 0]]])('is there where there is nothing, too: %j', (values) => {
    expect(ticksOf(values, true)).toEqual([0, 1]);
  });

  it.each([
    [[1.001, 1.003]],
    [[99.9995, 100.0005]],
    [[1e-6, 3e-6]],
    [[1e12, 1.2e12]],
    [[1e12, 1e12 + 3]],
    [[1e15 - 2, 1e15]],
    [[-0.004, 0.004]],
    [[7]],
  ])('holds all values and has no two labels that read the same: %j', (values) => {
    const { ticks, yOf } = valueAxis(values, [height, 0], false);
    const labels = labelsOf(values, false, 'de');
    expect(new Set(labels).size).toBe(ticks.length);
    for (const value of values) {
      expect(yOf(value)).toBeGreaterThanOrEqual(0);
      expect(yOf(value)).toBeLessThanOrEqual(height);
    }
  });

  it('says large numbers shortly, and small ones with all their decimals', () => {
    expect(labelsOf([4e12], true).at(-1)).toBe('4T');
    expect(labelsOf([4e-6], true).at(-1)).toBe('0.000004');
  });
});

describe('the axis of time', () => {
  const labelsBetween = (from: string, to: string, width: number) => {
    const { ticks, xOf } = timeAxis([Date.parse(from), Date.parse(to)], [40, width - 40]);
    const labels = timeLabels(ticks, formatsFor('en'));
    return withoutOverlap(
      ticks.map((tick, index) => ({ label: labels[index] ?? '', x: xOf(+tick) })),
      width,
    );
  };

  it.each([320, 390, 700, 1300])('has labels that never overlap, inside the chart: %i pixels', (width) => {
    for (const from of ['2026-11-24', '2026-11-01', '2026-09-01', '2025-11-30', '2016-01-01']) {
      const labels = labelsBetween(from, '2026-11-30', width);
      expect(labels.length).toBeGreaterThan(0);
      labels.forEach(({ label, x }, index) => {
        expect(x - widthOf(label) / 2).toBeGreaterThanOrEqual(0);
        expect(x + widthOf(label) / 2).toBeLessThanOrEqual(width);
        const next = labels[index + 1];
        if (next !== undefined)
          expect(next.x - widthOf(next.label) / 2).toBeGreaterThan(x + widthOf(label) / 2);
      });
    }
  });

  it('has weeks on Mondays, and months by name', () => {
    const { ticks } = timeAxis([Date.parse('2026-11-01'), Date.parse('2026-11-30')], [0, 400]);
    expect(ticks.map((tick) => tick.toISOString().slice(0, 10))).toEqual([
      '2026-11-02',
      '2026-11-09',
      '2026-11-16',
      '2026-11-23',
      '2026-11-30',
    ]);
    expect(labelsBetween('2025-11-30', '2026-11-30', 1300).map(({ label }) => label)).toContain('2026');
  });

  it('puts a single time into the middle, under its date', () => {
    const { ticks, xOf } = timeAxis([Date.parse('2026-11-24T09:30:00Z')], [0, 400]);
    expect(xOf(0)).toBe(200);
    expect(timeLabels(ticks, formatsFor('en'))).toEqual(['Nov 24']);
  });
});

describe('a line', () => {
  it('has a gap where nothing was measured', () => {
    expect(runsOf([null, 1, 2, undefined, 0, null, 3])).toEqual([[1, 2], [4], [6]]);
  });

  it('is told apart where it leads to a step that is not over', () => {
    expect(strokesOf([1, 2, 3, 4], (index) => index === 3)).toEqual([
      { indexes: [0, 1, 2], partial: false },
      { indexes: [2, 3], partial: true },
    ]);
  });
});
