import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newCheckInId, newKpiId } from '../../../../domain/ids.ts';
import {
  computeValue,
  computeValues,
  Formula,
  type SourceValues,
} from '../../../../domain/kpi/formula.schema.ts';

const begin = Date.parse('2026-03-01T00:00:00.000Z');
const [a, b, c] = [newKpiId(new Date(1)), newKpiId(new Date(2)), newKpiId(new Date(3))];
const day = (days: number) => new Date(begin + days * 86_400_000);
const source = (...values: readonly (readonly [day: number, value: number])[]): SourceValues => ({
  recent: values.map(([at, value]) => ({ checkInId: newCheckInId(day(at), day(at)), value })),
  isKnown: values.length > 0,
});
const sum: Formula = { kind: 'sum', sources: [a, b] };
const ratio: Formula = { kind: 'ratio', sources: [a, b] };
const compute = (formula: Formula, ...sources: readonly (SourceValues | null)[]) => {
  const { recent, ...rest } = computeValues(formula, sources, 12);
  return { ...rest, values: recent.map(({ value }) => value) };
};

describe('a computed KPI', () => {
  it('has a value for each time at which a source has one, by what the others had then', () => {
    expect(compute(sum, source([0, 1], [2, 2], [4, 3]), source([1, 10], [4, 20]))).toEqual({
      values: [11, 12, 23],
      isKnown: true,
      problem: null,
    });
  });

  it.each([
    ['sum', sum, [1, 2], 3],
    ['ratio', ratio, [1, 4], 0.25],
    ['percentage', { ...ratio, percent: true }, [1, 4], 25],
    ['weighted mean', { kind: 'weighted_mean', sources: [a, b], weights: [3, 1] }, [10, 20], 12.5],
    ['sum of decimals', sum, [0.1, 0.2], 0.3],
    ['ratio of nothing by something', ratio, [0, 4], 0],
    ['division by nothing', ratio, [1, 0], 'divides_by_zero'],
    ['number that is too large', ratio, [1e15, 1e-9], 'out_of_range'],
  ] as const)('is a %s', (_, formula, values, result) => {
    expect(computeValue(Formula.parse(formula), values)).toBe(result);
  });

  it('has no value now where the newest can’t be computed, and says why; earlier ones stay', () => {
    expect(compute(ratio, source([0, 1], [5, 2]), source([0, 2], [5, 0]))).toEqual({
      values: [0.5],
      isKnown: false,
      problem: 'divides_by_zero',
    });
    expect(compute(sum, source([0, 1]), source())).toMatchObject({ problem: 'source_without_value' });
    expect(compute(sum, source([0, 1]), null)).toEqual({
      values: [],
      isKnown: false,
      problem: 'source_missing',
    });
    expect(compute(sum, source([0, 1], [40, 2]), source([0, 1]))).toEqual({
      values: [2],
      isKnown: false,
      problem: 'source_without_value',
    });
  });

  it('keeps as many values as others do, and is the same whatever order values came in', () => {
    const values = fc.array(fc.tuple(fc.nat({ max: 20 }), fc.integer({ min: -9, max: 9 })), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(values, values, (one, other) => {
        const byTime = (all: typeof one) => [...new Map(all)].sort(([x], [y]) => x - y);
        const [left, right] = [source(...byTime(one)), source(...byTime(other))];
        const result = computeValues(sum, [left, right], 12);
        expect(result.recent.length).toBeLessThanOrEqual(12);
        expect(computeValues({ ...sum, sources: [b, a] }, [right, left], 12)).toEqual(result);
        expect(result.isKnown).toBe(result.problem === null);
      }),
    );
  });

  it.each([
    [{ kind: 'sum', sources: [a] }, 'too_few_sources'],
    [{ kind: 'sum', sources: [a, a] }, 'source_named_twice'],
    [{ kind: 'ratio', sources: [a, b, c] }, 'ratio_of_two'],
    [{ kind: 'weighted_mean', sources: [a, b], weights: [1] }, 'weight_for_each'],
    [{ kind: 'sum', sources: [a, b], weights: [1, 1] }, 'weight_for_each'],
    [{ kind: 'sum', sources: [a, b], percent: true }, 'percent_of_ratio_only'],
  ])('is refused as %j', (formula, reason) => {
    const issues: readonly object[] = Formula.safeParse(formula).error?.issues ?? [];
    expect(issues).toMatchObject([{ said: { reason } }]);
  });
});
