import { type Aggregate, aggregateOf, type PlatformMetric } from '../usage/metric.schema.ts';
import type { Grain, Series, Trend, TrendPoint } from './analytics.schema.ts';
import { comparedDays, cut, daysOf, lastDays, type Period, previousOf } from './period.ts';

/** One day's figure of one metric. */
interface DayValue {
  readonly value: number;
  readonly final: boolean;
}

/** The figures of a metric by day; a day that nobody computed isn't there. */
export type DayValues = ReadonlyMap<string, DayValue>;

const aggregates: Readonly<Record<Aggregate, (values: readonly number[]) => number>> = {
  last: (values) => values.at(-1) ?? 0,
  sum: (values) => values.reduce((total, value) => total + value, 0),
  mean: (values) => Math.round((aggregates.sum(values) / values.length) * 10) / 10,
};

/** The days of a period as one figure, of those days that were computed; null when none was. */
function whole(
  days: DayValues,
  period: Period,
  aggregate: Aggregate,
): Pick<TrendPoint, 'value' | 'provisional'> {
  const found = daysOf(period).flatMap((date) => days.get(date) ?? []);
  return {
    value: found.length === 0 ? null : aggregates[aggregate](found.map(({ value }) => value)),
    provisional: found.some(({ final }) => !final),
  };
}

function seriesOf(days: DayValues, period: Period, by: Grain, aggregate: Aggregate): Series {
  const points = cut(period, by).map((piece) => ({ ...piece, ...whole(days, piece, aggregate) }));
  return { ...period, value: whole(days, period, aggregate).value, points };
}

/** A metric over a period, beside the period of the same length before it. `days` may hold more than both. */
export function trendOf(metric: PlatformMetric, days: DayValues, period: Period, by: Grain): Trend {
  const aggregate = aggregateOf(metric);
  return {
    metric,
    by,
    aggregate,
    current: seriesOf(days, period, by, aggregate),
    previous: seriesOf(days, previousOf(period), by, aggregate),
  };
}

/**
 * A metric as a figure of its own, beside what it was before. A state is that of the last day and of the day
 * 30 days earlier; what happens is added up, or averaged, over the 30 days and over the 30 days before them.
 * What wasn't measured then, all of it, is null.
 */
export function headlineOf<Metric extends PlatformMetric>(metric: Metric, days: DayValues, to: string) {
  const aggregate = aggregateOf(metric);
  const period = lastDays(comparedDays, to);
  const before = previousOf(period);
  const needed = aggregate === 'last' ? [before.to] : daysOf(before);
  return {
    metric,
    value: whole(days, period, aggregate).value,
    previous: needed.every((date) => days.has(date)) ? whole(days, before, aggregate).value : null,
  };
}
