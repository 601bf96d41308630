import { type Aggregate, aggregateOf, type PlatformMetric } from '../usage/metric.schema.ts';
import { daysBefore } from '../usage/usage-day.ts';
import type { Change, Comparison, Grain, GrainAsked, Series, Trend, TrendPoint } from './analytics.schema.ts';

/** A range of days, both inclusive, `yyyy-mm-dd`. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

const dayMs = 86_400_000;

/** The day a number of days after another. */
export const daysAfter = (date: string, days: number): string => daysBefore(date, -days);

/** The number of days of a period. */
const lengthOf = ({ from, to }: Period): number => (Date.parse(to) - Date.parse(from)) / dayMs + 1;

/** The number of days that a headline figure covers and is compared with. */
export const comparedDays = 30;

/** The period of a number of days that ends on a day. */
const lastDays = (days: number, to: string): Period => ({ from: daysBefore(to, days - 1), to });

/** The 30 days up to and including today (UTC). */
export const recently = (now: Date): Period => lastDays(comparedDays, now.toISOString().slice(0, 10));

/** The period of the same length that ends the day before. */
export function previousOf(period: Period): Period {
  const length = lengthOf(period);
  return { from: daysBefore(period.from, length), to: daysBefore(period.from, 1) };
}

/** 52 weeks, so that weekdays match. */
const yearDays = 364;

/** The period that another is compared with. */
export const comparedWith = (period: Period, comparison: Comparison): Period =>
  comparison === 'previous'
    ? previousOf(period)
    : { from: daysBefore(period.from, yearDays), to: daysBefore(period.to, yearDays) };

/** Every day of a period, oldest first. */
export const daysOf = (period: Period): string[] =>
  Array.from({ length: lengthOf(period) }, (_, index) => daysAfter(period.from, index));

/** A day's ISO 8601 week, whose year is that of its Thursday. */
function weekOf(date: string): string {
  const weekday = (new Date(date).getUTCDay() + 6) % 7;
  const thursday = daysAfter(date, 3 - weekday);
  const year = thursday.slice(0, 4);
  const week = Math.floor((Date.parse(thursday) - Date.parse(`${year}-01-01`)) / dayMs / 7) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
}

const labels: Readonly<Record<Grain, (date: string) => string>> = {
  day: (date) => date,
  week: weekOf,
  month: (date) => date.slice(0, 7),
};

/** Splits a period into days, ISO weeks or months; the first and last may be incomplete. */
export function cut(period: Period, grain: Grain): (Period & { readonly label: string })[] {
  const pieces: (Period & { readonly label: string })[] = [];
  for (const date of daysOf(period)) {
    const label = labels[grain](date);
    const last = pieces.at(-1);
    if (last?.label === label) pieces[pieces.length - 1] = { ...last, to: date };
    else pieces.push({ label, from: date, to: date });
  }
  return pieces;
}

const [fewDays, someDays] = [14, 92];

/** The steps of a trend: weeks where single days are noise or too many to distinguish. */
export function grainOf(asked: GrainAsked, metric: PlatformMetric, period: Period): Grain {
  if (asked !== 'auto') return asked;
  return lengthOf(period) <= (aggregateOf(metric) === 'last' ? someDays : fewDays) ? 'day' : 'week';
}

/** One day's figure of one metric. */
interface DayValue {
  readonly value: number;
  readonly final: boolean;
}

/** A metric's figures by day; days that weren't computed are missing. */
export type DayValues = ReadonlyMap<string, DayValue>;

const aggregates: Readonly<Record<Aggregate, (values: readonly number[]) => number>> = {
  last: (values) => values.at(-1) ?? 0,
  sum: (values) => values.reduce((total, value) => total + value, 0),
  mean: (values) => Math.round((aggregates.sum(values) / values.length) * 10) / 10,
};

/** The figure of a period, from its computed days; null if there are none. */
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

/** The number of days in the whole step that contains a day. */
const daysIn: Readonly<Record<Grain, (date: string) => number>> = {
  day: () => 1,
  week: () => 7,
  month: (date) => new Date(Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)), 0)).getUTCDate(),
};

const areFinal = (days: DayValues, period: Period): boolean =>
  daysOf(period).every((date) => days.get(date)?.final === true);

function seriesOf(days: DayValues, period: Period, by: Grain, aggregate: Aggregate): Series {
  const points = cut(period, by).map((piece) => ({
    ...piece,
    ...whole(days, piece, aggregate),
    partial: aggregate !== 'last' && !(lengthOf(piece) === daysIn[by](piece.from) && areFinal(days, piece)),
  }));
  return { ...period, value: whole(days, period, aggregate).value, points };
}

/** The comparable part of a period: the last known day for a state, the complete days for events. */
function comparable(days: DayValues, period: Period, aggregate: Aggregate): Period | null {
  const dates = daysOf(period);
  if (aggregate === 'last') {
    const last = dates.findLast((date) => days.has(date));
    return last === undefined ? null : { from: last, to: last };
  }
  const last = dates.findLast((date) => days.get(date)?.final === true);
  return last === undefined ? null : { from: period.from, to: last };
}

/** A figure compared with equally many days of another period; null unless all days of both are known. */
function changeOf(days: DayValues, period: Period, before: Period, aggregate: Aggregate): Change | null {
  const now = comparable(days, period, aggregate);
  if (now === null) return null;
  const away = lengthOf({ from: before.from, to: period.from }) - 1;
  const then = { from: daysBefore(now.from, away), to: daysBefore(now.to, away) };
  const isKnown = (part: Period) => (aggregate === 'last' ? days.has(part.to) : areFinal(days, part));
  const [value, previous] = [whole(days, now, aggregate).value, whole(days, then, aggregate).value];
  if (value === null || previous === null || !isKnown(now) || !isKnown(then)) return null;
  return { ...now, value, previousFrom: then.from, previousTo: then.to, previous };
}

interface Asked {
  readonly by: GrainAsked;
  readonly compare: Comparison;
}

/** A metric over a period, with its comparison. `days` may contain more than both. */
export function trendOf(metric: PlatformMetric, days: DayValues, period: Period, asked: Asked): Trend {
  const aggregate = aggregateOf(metric);
  const by = grainOf(asked.by, metric, period);
  const before = comparedWith(period, asked.compare);
  return {
    metric,
    by,
    aggregate,
    current: seriesOf(days, period, by, aggregate),
    previous: seriesOf(days, before, by, aggregate),
    change: changeOf(days, period, before, aggregate),
  };
}

const smoothDays = 7;

/** A figure per day: for a state its value, for events the sum of the last 7 days. */
const recentOf = (days: DayValues, period: Period, aggregate: Aggregate): (number | null)[] =>
  daysOf(period).map((date) => {
    if (aggregate === 'last') return days.get(date)?.value ?? null;
    const week = lastDays(smoothDays, date);
    return areFinal(days, week) ? whole(days, week, aggregate).value : null;
  });

/**
 * A metric as a headline figure with its earlier value. A state is that of the last day and of the day 30
 * days earlier; events are summed or averaged over the 30 days and the 30 days before. Null unless all of
 * it was measured.
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
    change: changeOf(days, period, before, aggregate),
    trend: recentOf(days, period, aggregate),
  };
}
