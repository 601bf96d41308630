import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Goal } from '../../../../domain/kpi/goal.schema.ts';
import { expectedAt, kpiStatuses, progressOf, statusOf } from '../../../../domain/kpi/kpi-status.schema.ts';

const period = { start: '2026-01-01', end: '2026-12-31' };
const up: Goal = { direction: 'up', baseline: 0, target: 100, period };
const down: Goal = { direction: 'down', baseline: 100, target: 0, period };
const between: Goal = { direction: 'between', baseline: 50, target: { low: 40, high: 60 }, period };
// 2026-07-02 12:00 UTC is the middle of the year: half of the progress is expected.
const middle = '2026-07-02T12:00:00.000Z';
const soon = new Date('2026-07-03T12:00:00.000Z');
const status = (goal: Goal, value: number, at = middle, now = soon) => statusOf(goal, { value, at }, now);

describe('what is expected of a KPI', () => {
  it('is the even way from the starting value to the target, from the first day to the last', () => {
    expect(expectedAt(up, middle)).toBe(50);
    expect(expectedAt(down, middle)).toBe(50);
    expect(expectedAt(up, '2025-06-01T00:00:00.000Z')).toBe(0);
    expect(expectedAt(up, '2027-06-01T00:00:00.000Z')).toBe(100);
    expect(expectedAt(between, middle)).toBeNull();
  });

  it('is exact for figures of any size', () => {
    expect(expectedAt({ ...up, target: 1e12 }, middle)).toBe(5e11);
    expect(expectedAt({ ...up, target: 0.000002 }, middle)).toBe(0.000001);
    expect(expectedAt({ ...up, baseline: 0.1, target: 0.3 }, middle)).toBe(0.2);
    expect(expectedAt({ ...down, baseline: -1e12, target: -3e12 }, middle)).toBe(-2e12);
  });
});

describe('the status of a KPI', () => {
  it.each([
    [50, 'on_track'],
    [41, 'on_track'],
    [39, 'at_risk'],
    [26, 'at_risk'],
    [24, 'off_track'],
    [-20, 'off_track'],
    [250, 'on_track'],
  ] as const)('that goes up, at %i of 100 in the middle of its period, is %s', (value, expected) => {
    expect(status(up, value)).toBe(expected);
    expect(status(down, 100 - value)).toBe(expected);
  });

  it.each([
    [40, 'on_track'],
    [60, 'on_track'],
    [60.1, 'at_risk'],
    [35, 'at_risk'],
    [34.9, 'off_track'],
    [66, 'off_track'],
  ] as const)('to keep between 40 and 60, at %d, is %s', (value, expected) => {
    expect(status(between, value)).toBe(expected);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])(
    'on day %i of 10 is on track when exactly a tenth behind, and at risk when exactly a quarter behind',
    (day) => {
      const ten = { start: '2026-03-01', end: '2026-03-10' };
      const at = new Date(Date.parse(ten.start) + day * 86_400_000).toISOString();
      const judge = (tenths: number) =>
        [up, down].map((goal) => {
          const [baseline, target] = goal.direction === 'up' ? [0, 1] : [1, 0];
          const value = goal.direction === 'up' ? tenths / 1000 : (1000 - tenths) / 1000;
          return statusOf({ ...goal, baseline, target, period: ten }, { value, at }, new Date(at));
        });
      expect(judge(day * 100 - 100)).toEqual(['on_track', 'on_track']);
      expect(judge(day * 100 - 101)).toEqual(['at_risk', 'at_risk']);
      expect(judge(day * 100 - 250)).toEqual(['at_risk', 'at_risk']);
      expect(judge(day * 100 - 251)).toEqual(['off_track', 'off_track']);
    },
  );

  it('exactly a quarter of the width outside a band is at risk, in each of 300 bands', () => {
    const wrong = Array.from({ length: 300 }, (_, index) => index + 1).filter((tenth) => {
      // A quarter of 0.4 and its multiples has one decimal.
      const [low, high] = [tenth / 10, (tenth + 4) / 10];
      const band: Goal = { direction: 'between', baseline: low, target: { low, high }, period };
      const of = [tenth - 1, tenth + 5].map((value) => status(band, value / 10));
      const beyond = [tenth * 10 - 11, tenth * 10 + 51].map((value) => status(band, value / 100));
      return [...of, ...beyond].join() !== 'at_risk,at_risk,off_track,off_track';
    });
    expect(wrong).toEqual([]);
  });

  it('is no_data without a value, and when the value is older than 30 days', () => {
    expect(statusOf(up, null, soon)).toBe('no_data');
    expect(status(up, 100, middle, new Date('2026-08-01T12:00:00.000Z'))).toBe('on_track');
    expect(status(up, 100, middle, new Date('2026-08-01T12:00:00.001Z'))).toBe('no_data');
  });

  it('doesn’t take a value of before its period for one', () => {
    expect(status(up, 100, '2025-12-30T23:59:59.999Z', new Date('2026-01-02T00:00:00.000Z'))).toBe('no_data');
    expect(status(up, 100, '2025-12-31T10:00:00.000Z', new Date('2026-01-02T00:00:00.000Z'))).toBe(
      'on_track',
    );
  });

  it('stays what it was at the end of its period', () => {
    const last = '2026-12-20T00:00:00.000Z';
    const yearsLater = new Date('2030-01-01T00:00:00.000Z');
    expect(status(up, 98, last, yearsLater)).toBe('on_track');
    expect(status(up, 80, last, yearsLater)).toBe('at_risk');
  });
});

const amount = fc.integer({ min: -1_000_000, max: 1_000_000 });
const goal: fc.Arbitrary<Goal> = fc
  .tuple(amount, amount, fc.constantFrom('up', 'down', 'between'))
  .filter(([one, other]) => one !== other)
  .map(([one, other, direction]) => {
    const [low, high] = [Math.min(one, other), Math.max(one, other)];
    if (direction === 'up') return { direction, baseline: low, target: high, period };
    if (direction === 'down') return { direction, baseline: high, target: low, period };
    return { direction: 'between', baseline: low, target: { low, high }, period };
  });
const time = fc
  .date({ min: new Date('2026-01-01'), max: new Date('2027-06-01'), noInvalidDate: true })
  .map((date) => date.toISOString());
const rank = (of: ReturnType<typeof statusOf>) => kpiStatuses.indexOf(of);
const bandOf = (one: number, other: number) => ({ low: Math.min(one, other), high: Math.max(one, other) });
/** A value's distance from its goal, to compare two values: larger is worse. */
const distance = ({ direction, target }: Goal, value: number): number => {
  if (typeof target !== 'number') return Math.max(target.low - value, value - target.high, 0);
  return direction === 'up' ? -value : value;
};

describe('whatever the goal, the value and the time', () => {
  it('a better value never has a worse status, nor less progress', () => {
    fc.assert(
      fc.property(goal, amount, amount, time, time, (of, one, other, at, now) => {
        const [better, worse] = distance(of, one) <= distance(of, other) ? [one, other] : [other, one];
        const judge = (value: number) => rank(statusOf(of, { value, at }, new Date(now)));
        const progress = (value: number) => progressOf(of, { value, at }) ?? -1;
        expect(judge(better)).toBeLessThanOrEqual(judge(worse));
        expect(progress(better)).toBeGreaterThanOrEqual(progress(worse));
      }),
    );
  });

  it('status and progress are the same in any unit, and when the goal is mirrored', () => {
    const unit = fc.integer({ min: -9, max: 6 });
    fc.assert(
      fc.property(goal, amount, time, unit, (of, value, at, power) => {
        const scaled = (number: number) => Number(`${number}e${power}`);
        const mirrored = (number: number) => -number;
        const judge = (change: (number: number) => number) => {
          const target =
            typeof of.target === 'number'
              ? change(of.target)
              : bandOf(change(of.target.low), change(of.target.high));
          const changed: Goal = { ...of, baseline: change(of.baseline), target };
          const latest = { value: change(value), at };
          return [statusOf(changed, latest, new Date(at)), progressOf(changed, latest)?.toFixed(12)];
        };
        const asItIs = judge((number) => number);
        expect(judge(scaled)).toEqual(asItIs);
        expect(judge(mirrored)).toEqual(asItIs);
      }),
    );
  });

  it('waiting changes nothing but that a value grows old', () => {
    fc.assert(
      fc.property(goal, amount, time, time, time, (of, value, at, one, other) => {
        const [early, late] = one < other ? [one, other] : [other, one];
        const judge = (now: string) => statusOf(of, { value, at }, new Date(now));
        expect([judge(early), 'no_data']).toContain(judge(late));
      }),
    );
  });

  it('a target that is reached is on track as long as the value says something', () => {
    fc.assert(
      fc.property(goal, time, (of, at) => {
        const value = typeof of.target === 'number' ? of.target : of.target.low;
        expect(statusOf(of, { value, at }, new Date(at))).toMatch(/on_track|no_data/);
        expect(progressOf(of, { value, at })).toBe(1);
      }),
    );
  });

  it('progress is between 0 and 1', () => {
    fc.assert(
      fc.property(goal, amount, time, (of, value, at) => {
        const progress = progressOf(of, { value, at }) ?? Number.NaN;
        expect(progress).toBeGreaterThanOrEqual(0);
        expect(progress).toBeLessThanOrEqual(1);
      }),
    );
  });
});
