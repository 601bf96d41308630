import type { Kpi } from './kpi.schema.ts';
import { statusRule } from './kpi-status.schema.ts';

/** The minimum number of values for a forecast. */
export const leastValues = 5;
/** How far a forecast reaches, as a multiple of the time its values cover. */
export const farthest = 3;

/** Why there is no forecast. */
export type NoForecast = 'too_few_values' | 'no_value' | 'too_old' | 'ended' | 'too_far';

/** A forecast for one time, with its 80 % interval from `low` to `high`. */
interface ForecastPoint {
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface Forecast {
  /** From the last value to the end of the period. */
  readonly course: readonly ForecastPoint[];
  /** At the end of the period. */
  readonly end: ForecastPoint;
  /** Whether the target will be reached: by the whole interval, by part of it, or by none of it. */
  readonly outlook: 'likely' | 'uncertain' | 'unlikely';
}

const dayMs = 86_400_000;

// One-sided 0.9 quantiles of Student's t, from 3 degrees of freedom. Source: NIST/SEMATECH, table
// 1.3.6.7.2.
const quantiles = [1.638, 1.533, 1.476, 1.44, 1.415, 1.397, 1.383, 1.372];
const quantileOf = (freedom: number): number =>
  quantiles[Math.min(freedom - 3, quantiles.length - 1)] ?? quantiles[0] ?? 0;

/** Converts the mean absolute deviation of a normal distribution to its standard deviation. */
const normal = Math.sqrt(Math.PI / 2);

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const half = sorted.length / 2;
  return ((sorted[Math.ceil(half) - 1] ?? 0) + (sorted[Math.floor(half)] ?? 0)) / 2;
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

type Measured = readonly { readonly day: number; readonly value: number }[];

/**
 * The Theil–Sen line: the median of the slopes of all pairs, at the median height, so that outliers don't
 * tilt it. The 80 % prediction interval comes from the mean distance of values to the line, which outliers
 * do widen.
 */
function lineThrough(values: Measured): (day: number) => Omit<ForecastPoint, 'at'> {
  const slope = median(
    values.flatMap((one, index) =>
      values.slice(index + 1).map((other) => (other.value - one.value) / (other.day - one.day)),
    ),
  );
  const height = median(values.map(({ day, value }) => value - slope * day));
  const count = values.length;
  const deviation =
    normal *
    mean(values.map(({ day, value }) => Math.abs(value - height - slope * day))) *
    Math.sqrt(count / (count - 2));
  const middle = mean(values.map(({ day }) => day));
  const spread = values.reduce((sum, { day }) => sum + (day - middle) ** 2, 0);
  const factor = quantileOf(count - 2) * deviation;
  return (day) => {
    const value = height + slope * day;
    const half = factor * Math.sqrt(1 + 1 / count + (day - middle) ** 2 / spread);
    return { value, low: value - half, high: value + half };
  };
}

type Goal = Pick<Kpi, 'target' | 'direction'>;

/** Whether a value meets the goal. */
const isReached = ({ target, direction }: Goal, value: number): boolean => {
  if (typeof target !== 'number') return target.low <= value && value <= target.high;
  return direction === 'down' ? value <= target : value >= target;
};

function outlookOf(goal: Goal, { low, high }: ForecastPoint): Forecast['outlook'] {
  const ends = [low, high].filter((value) => isReached(goal, value)).length;
  if (ends === 2) return 'likely';
  const { target } = goal;
  const isAround = typeof target !== 'number' && low <= target.low && target.high <= high;
  return ends === 1 || isAround ? 'uncertain' : 'unlikely';
}

const steps = 8;

/** The forecast of a KPI from its last values to the end of its period, or why there is none. */
export function forecastOf(
  kpi: Goal & Pick<Kpi, 'recent' | 'latest' | 'period'>,
  now: Date,
): Forecast | { readonly none: NoForecast } {
  const end = Date.parse(kpi.period.end) + dayMs;
  if (end <= now.getTime()) return { none: 'ended' };
  // Of two values for the same time, the later one counts.
  const byTime = new Map((kpi.recent ?? []).map(({ at, value }) => [Date.parse(at), value]));
  const times = [...byTime.keys()].sort((one, other) => one - other);
  const [first = 0, last = 0] = [times[0], times.at(-1)];
  if (times.length < leastValues) return { none: 'too_few_values' };
  if (kpi.latest === null) return { none: 'no_value' };
  if (now.getTime() - last > statusRule.staleDays * dayMs) return { none: 'too_old' };
  if (end - last > farthest * (last - first)) return { none: 'too_far' };
  const dayOf = (time: number) => (time - first) / dayMs;
  const at = lineThrough(times.map((time) => ({ day: dayOf(time), value: byTime.get(time) ?? 0 })));
  const course = Array.from({ length: steps + 1 }, (_, step) => {
    const time = last + ((end - last) * step) / steps;
    return { at: new Date(time).toISOString(), ...at(dayOf(time)) };
  });
  const goal = course.at(-1) ?? { at: kpi.period.end, value: 0, low: 0, high: 0 };
  return { course, end: goal, outlook: outlookOf(kpi, goal) };
}
