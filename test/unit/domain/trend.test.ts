import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cut,
  daysAfter,
  daysOf,
  grainOf,
  headlineOf,
  previousOf,
  trendOf,
} from '../../../domain/analytics/trend.ts';
import type { PlatformMetric } from '../../../domain/usage/metric.schema.ts';

/** A figure of 1 for each day of a period, except the omitted days. */
const ones = (from: string, to: string, missing: readonly string[] = []) =>
  new Map(
    daysOf({ from, to })
      .filter((date) => !missing.includes(date))
      .map((date) => [date, { value: 1, final: true }]),
  );
const labels = (from: string, to: string, by: 'day' | 'week' | 'month') =>
  cut({ from, to }, by).map(({ label }) => label);

describe('a period', () => {
  it.each([
    // The year 2020 began on the Wednesday of its first week, and ended in a 53rd.
    ['2019-12-29', '2020-01-06', ['2019-W52', '2020-W01', '2020-W02']],
    ['2020-12-31', '2021-01-04', ['2020-W53', '2021-W01']],
    ['2026-12-28', '2027-01-03', ['2026-W53']],
  ])('is cut into ISO weeks across the year’s change: %s to %s', (from, to, expected) => {
    expect(labels(from, to, 'week')).toEqual(expected);
  });

  it('has the leap day where there is one', () => {
    expect(labels('2028-02-28', '2028-03-01', 'day')).toEqual(['2028-02-28', '2028-02-29', '2028-03-01']);
    expect(labels('2027-02-28', '2027-03-01', 'day')).toEqual(['2027-02-28', '2027-03-01']);
    expect(cut({ from: '2028-01-31', to: '2028-03-01' }, 'month')).toEqual([
      { label: '2028-01', from: '2028-01-31', to: '2028-01-31' },
      { label: '2028-02', from: '2028-02-01', to: '2028-02-29' },
      { label: '2028-03', from: '2028-03-01', to: '2028-03-01' },
    ]);
  });

  it('comes after one of the same length that ends the day before', () => {
    expect(previousOf({ from: '2028-03-01', to: '2028-03-31' })).toEqual({
      from: '2028-01-30',
      to: '2028-02-29',
    });
    expect(previousOf({ from: '2026-01-01', to: '2026-01-01' })).toEqual({
      from: '2025-12-31',
      to: '2025-12-31',
    });
  });

  const period = fc
    .tuple(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 0, max: 365 }))
    .map(([start, length]) => {
      const from = daysAfter('2000-01-01', start);
      return { from, to: daysAfter(from, length) };
    });

  it('is cut without a gap and without an overlap, whatever the pieces', () => {
    fc.assert(
      fc.property(period, fc.constantFrom('day', 'week', 'month'), (whole, by) => {
        expect(cut(whole, by).flatMap(daysOf)).toEqual(daysOf(whole));
        expect(daysOf(previousOf(whole))).toHaveLength(daysOf(whole).length);
      }),
    );
  });
});

describe('a trend', () => {
  const of = (metric: PlatformMetric, days: ReadonlyMap<string, { value: number; final: boolean }>) =>
    trendOf(metric, days, { from: '2026-11-16', to: '2026-11-29' }, { by: 'week', compare: 'previous' });

  it('sums what happens, and takes the last day of what is', () => {
    const days = ones('2026-11-01', '2026-11-29');
    expect(of('checkIns', days).current.points.map(({ value }) => value)).toEqual([7, 7]);
    expect(of('users', days).current.points.map(({ value }) => value)).toEqual([1, 1]);
    expect(
      of('activeUsers1', new Map([...days, ['2026-11-29', { value: 8, final: true }]])).current,
    ).toMatchObject({
      value: 1.5,
      points: [{ value: 1 }, { value: 2 }],
    });
  });

  it('shows a gap as a gap, not as nothing', () => {
    const trend = trendOf(
      'checkIns',
      ones('2026-11-20', '2026-11-22', ['2026-11-21']),
      { from: '2026-11-20', to: '2026-11-22' },
      { by: 'day', compare: 'previous' },
    );
    expect(trend.current.points.map(({ value }) => value)).toEqual([1, null, 1]);
    expect(trend.current.value).toBe(2);
    expect(trend.previous).toMatchObject({ from: '2026-11-17', to: '2026-11-19', value: null });
  });

  it('says which of its points will still change', () => {
    const days = new Map([...ones('2026-11-16', '2026-11-28'), ['2026-11-29', { value: 1, final: false }]]);
    expect(of('users', days).current.points.map(({ provisional }) => provisional)).toEqual([false, true]);
  });
});

describe('a change', () => {
  const period = { from: '2026-11-16', to: '2026-11-29' };
  const of = (metric: PlatformMetric, days: ReadonlyMap<string, { value: number; final: boolean }>) =>
    trendOf(metric, days, period, { by: 'day', compare: 'previous' }).change;
  const lasting = ['2026-11-29', { value: 9, final: false }] as const;

  it('holds the whole days of what happened against as many before', () => {
    const days = new Map([...ones('2026-11-01', '2026-11-28'), lasting]);
    expect(of('checkIns', days)).toEqual({
      from: '2026-11-16',
      to: '2026-11-28',
      value: 13,
      previousFrom: '2026-11-02',
      previousTo: '2026-11-14',
      previous: 13,
    });
  });

  it('holds a state as it is now against the same day of the period before', () => {
    const days = new Map([...ones('2026-11-01', '2026-11-28'), lasting]);
    expect(of('users', days)).toMatchObject({
      to: '2026-11-29',
      value: 9,
      previousTo: '2026-11-15',
      previous: 1,
    });
  });

  it('is none where a day of either is unknown or was not computed for all', () => {
    expect(of('checkIns', ones('2026-11-03', '2026-11-29'))).toBeNull();
    expect(of('checkIns', ones('2026-11-01', '2026-11-29', ['2026-11-20']))).toBeNull();
    const failed = ['2026-11-10', { value: 1, final: false }] as const;
    expect(of('checkIns', new Map([...ones('2026-11-01', '2026-11-29'), failed]))).toBeNull();
    expect(of('users', ones('2026-11-16', '2026-11-29'))).toBeNull();
    expect(of('users', new Map())).toBeNull();
  });

  it('is that of the same weekdays of last year, where that is chosen', () => {
    const days = new Map([...ones('2025-11-01', '2025-12-01'), ...ones('2026-11-01', '2026-11-29')]);
    const { previous, change } = trendOf('checkIns', days, period, { by: 'day', compare: 'year' });
    expect(previous).toMatchObject({ from: '2025-11-17', to: '2025-11-30', value: 14 });
    expect(change).toMatchObject({ value: 14, previous: 14, previousTo: '2025-11-30' });
  });
});

describe('the steps of a trend', () => {
  const grain = (metric: PlatformMetric, from: string) => grainOf('auto', metric, { from, to: '2026-11-29' });

  it('are weeks where single days are noise or too many', () => {
    expect(grain('checkIns', '2026-11-23')).toBe('day');
    expect(grain('checkIns', '2026-10-31')).toBe('week');
    expect(grain('users', '2026-10-31')).toBe('day');
    expect(grain('users', '2026-01-01')).toBe('week');
  });

  it('are said to be partial where days are missing of what is added up', () => {
    const days = ones('2026-11-01', '2026-11-29', ['2026-11-24']);
    const partial = (metric: PlatformMetric) =>
      trendOf(
        metric,
        days,
        { from: '2026-11-11', to: '2026-11-29' },
        { by: 'week', compare: 'previous' },
      ).current.points.map((point) => point.partial);
    expect(partial('checkIns')).toEqual([true, false, true]);
    expect(partial('users')).toEqual([false, false, false]);
  });
});

describe('a figure of its own', () => {
  const days = ones('2026-10-01', '2026-11-29');
  const one = (metric: PlatformMetric, of = days) => headlineOf(metric, of, '2026-11-29');

  it('holds a state against the day 30 days earlier, and what happened against the 30 days before', () => {
    const grown = new Map([...days, ['2026-11-29', { value: 7, final: false }]]);
    expect(one('users', grown)).toMatchObject({ metric: 'users', value: 7, previous: 1 });
    expect(one('checkIns', grown)).toMatchObject({ metric: 'checkIns', value: 36, previous: 30 });
    expect(one('activeUsers1', grown)).toMatchObject({ metric: 'activeUsers1', value: 1.2, previous: 1 });
  });

  it('comes with its last 30 days: states, and of events what each 7 days come to', () => {
    const some = ones('2026-10-20', '2026-11-29', ['2026-11-05']);
    const states = one('users', some).trend;
    expect(states).toHaveLength(30);
    expect(states.filter((value) => value === null)).toHaveLength(1);
    const events = one('checkIns', some).trend;
    expect(events.at(-1)).toBe(7);
    expect(events.filter((value) => value === null)).toHaveLength(7);
  });

  it('is held against nothing where not all of the time before was measured', () => {
    expect(one('users', ones('2026-11-01', '2026-11-29')).previous).toBeNull();
    expect(one('checkIns', ones('2026-10-02', '2026-11-29')).previous).toBeNull();
    expect(one('users', ones('2026-10-02', '2026-11-29')).previous).toBe(1);
    expect(one('users', ones('2026-10-02', '2026-11-29', ['2026-10-30'])).previous).toBeNull();
  });

  it('is the number that a trend of the same 30 days says', () => {
    const values = fc.array(fc.integer({ min: 0, max: 99 }), { minLength: 60, maxLength: 60 });
    fc.assert(
      fc.property(values, fc.constantFrom('users', 'checkIns', 'activeUsers1'), (of, metric) => {
        const dates = daysOf({ from: '2026-10-01', to: '2026-11-29' });
        const some = new Map(dates.map((date, index) => [date, { value: of[index] ?? 0, final: true }]));
        const { current, previous, change } = trendOf(
          metric,
          some,
          { from: '2026-10-31', to: '2026-11-29' },
          { by: 'day', compare: 'previous' },
        );
        const { trend: _, ...figure } = one(metric, some);
        expect(figure).toEqual({ metric, value: current.value, previous: previous.value, change });
      }),
    );
  });
});
