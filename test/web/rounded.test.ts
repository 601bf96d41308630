import { describe, expect, it } from 'vitest';
import { roundedFor } from '../../web/lib/expected.ts';

describe('a number that was calculated for a KPI', () => {
  it.each([
    [0, 80, 39.876_54, 39.9],
    [88, 97, 93.841_23, 93.84],
    [18, 5, 9.581_23, 9.6],
    [0, 1e12, 498_765_432_109, 500_000_000_000],
    [0, 0.000_001, 0.000_000_498_765, 0.000_000_5],
    [1e15, 1e15 - 100, 999_999_999_999_950.2, 999_999_999_999_950],
  ])('on the way from %d to %d has three digits of that way: %d', (baseline, target, value, rounded) => {
    expect(roundedFor({ baseline, target }, value)).toBeCloseTo(rounded, 12);
  });

  it('for a range has three digits of its width', () => {
    expect(roundedFor({ baseline: 0, target: { low: 14, high: 18 } }, 15.123_4)).toBe(15.12);
  });
});
