import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newCheckInId } from '../../../../domain/ids.ts';
import { forecastOf, leastValues } from '../../../../domain/kpi/forecast.schema.ts';

const dayMs = 86_400_000;
const begin = Date.parse('2026-03-01T00:00:00.000Z');
const period = { start: '2026-01-01', end: '2026-06-30' };

/** A KPI with a value on each of these days, evaluated on the last one. */
function forecast(values: readonly (readonly [day: number, value: number])[], rest: object = {}, later = 0) {
  const recent = values.map(([day, value]) => {
    const at = new Date(begin + day * dayMs);
    return { at: at.toISOString(), value, checkInId: newCheckInId(at, at) };
  });
  const kpi = {
    direction: 'up' as const,
    target: 100,
    period,
    recent,
    latest: recent.at(-1) ?? null,
    ...rest,
  };
  return forecastOf(kpi, new Date(begin + ((values.at(-1)?.[0] ?? 0) + later) * dayMs));
}
function known(result: ReturnType<typeof forecastOf>) {
  if ('none' in result) throw new Error(result.none);
  return result;
}

const days = [0, 7, 14, 21, 28, 35, 42, 49, 56];
const line = (slope: number, height: number) => days.map((day) => [day, height + slope * day] as const);
const value = fc.integer({ min: -1000, max: 1000 });
const endDay = (Date.parse('2026-07-01T00:00:00.000Z') - begin) / dayMs;

describe('the forecast of a KPI', () => {
  it('goes on along values that lie on a line, without a band', () => {
    fc.assert(
      fc.property(value, value, (slope, height) => {
        const { end } = known(forecast(line(slope, height)));
        expect(end.value).toBeCloseTo(height + slope * endDay, 6);
        expect(end.high - end.low).toBeCloseTo(0, 6);
      }),
    );
  });

  it('isn’t turned by one value that is anything at all', () => {
    fc.assert(
      fc.property(
        value,
        value,
        fc.nat({ max: 8 }),
        fc.integer({ min: -1e9, max: 1e9 }),
        (slope, height, at, odd) => {
          const values = line(slope, height).map((one, index) =>
            index === at ? ([one[0], odd] as const) : one,
          );
          expect(known(forecast(values)).end.value).toBeCloseTo(height + slope * endDay, 5);
        },
      ),
    );
  });

  it('has its value inside its band, which grows with time, and moves as the values do', () => {
    const some = fc.array(value, { minLength: days.length, maxLength: days.length });
    fc.assert(
      fc.property(some, fc.integer({ min: 1, max: 50 }), value, (values, factor, shift) => {
        const of = (change: (one: number) => number) =>
          known(forecast(days.map((day, index) => [day, change(values[index] ?? 0)] as const)));
        const { course } = of((one) => one);
        const moved = of((one) => one * factor + shift);
        for (const [index, { value: middle, low, high }] of course.entries()) {
          expect(low).toBeLessThanOrEqual(middle);
          expect(middle).toBeLessThanOrEqual(high);
          const width = (point: { low: number; high: number } | undefined) =>
            point === undefined ? 0 : point.high - point.low;
          expect(width(course[index])).toBeGreaterThanOrEqual(width(course[index - 1]) - 1e-9);
          expect(moved.course[index]?.value).toBeCloseTo(middle * factor + shift, 4);
          expect(moved.course[index]?.low).toBeCloseTo(low * factor + shift, 4);
        }
      }),
    );
  });

  it('says whether the target is reached by the whole band, by a part of it or by nothing of it', () => {
    const noisy = days.map((day, index) => [day, day + (index % 2 === 0 ? 3 : -3)] as const);
    expect(known(forecast(noisy, { target: 60 })).outlook).toBe('likely');
    const { value: middle } = known(forecast(noisy)).end;
    expect(known(forecast(noisy, { target: middle - 1 })).outlook).toBe('uncertain');
    expect(known(forecast(noisy, { target: middle + 1 })).outlook).toBe('uncertain');
    const band = { direction: 'between', target: { low: middle - 0.1, high: middle + 0.1 } };
    expect(known(forecast(noisy, band)).outlook).toBe('uncertain');
    expect(known(forecast(noisy, { target: 200 })).outlook).toBe('unlikely');
    expect(known(forecast(noisy, { target: 200, direction: 'down' })).outlook).toBe('likely');
    const flat = days.map((day) => [day, 50] as const);
    expect(known(forecast(flat, { target: { low: 40, high: 60 }, direction: 'between' })).outlook).toBe(
      'likely',
    );
  });

  it('isn’t given where too little is known', () => {
    expect(forecast([])).toEqual({ none: 'too_few_values' });
    expect(forecast(line(1, 0).slice(0, leastValues - 1))).toEqual({ none: 'too_few_values' });
    expect(forecast(days.map(() => [3, 5] as const))).toEqual({ none: 'too_few_values' });
    expect(forecast(line(1, 0), { latest: null })).toEqual({ none: 'no_value' });
    expect(forecast(line(1, 0), {}, 31)).toEqual({ none: 'too_old' });
    expect(forecast(line(1, 0), { period: { start: '2026-01-01', end: '2026-04-01' } })).toEqual({
      none: 'ended',
    });
    expect(forecast(line(1, 0), { period: { start: '2026-01-01', end: '2027-12-31' } })).toEqual({
      none: 'too_far',
    });
  });
});
