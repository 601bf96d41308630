import * as z from 'zod/mini';
import type { Goal } from './goal.schema.ts';

export const kpiStatuses = ['on_track', 'at_risk', 'off_track', 'no_data'] as const;

/** A KPI's status, see `statusOf`. */
export const KpiStatus = z.enum(kpiStatuses);
export type KpiStatus = z.infer<typeof KpiStatus>;

/** The number of KPIs in each status. */
export type KpiCount = Record<KpiStatus, number>;

export const noKpis: Readonly<KpiCount> = { on_track: 0, at_risk: 0, off_track: 0, no_data: 0 };

/** A value and its time (ISO 8601 UTC). */
interface Measurement {
  readonly value: number;
  readonly at: string;
}

const dayMs = 86_400_000;

/**
 * The parameters of `statusOf`. Fractions refer to the distance from baseline to target, or to the width of
 * the range.
 */
export const statusRule = {
  /** On track up to this far behind the expectation. */
  onTrack: 0.1,
  /** At risk up to this far behind; beyond that, off track. */
  atRisk: 0.25,
  /** A value older than this no longer counts. */
  staleDays: 30,
  /** How long before the period's start (UTC) a check-in may be: days start earlier in the east. */
  graceDays: 1,
} as const;

/** An exact fraction; `of` is positive. */
interface Fraction {
  readonly part: bigint;
  readonly of: bigint;
}

/** A number by its decimal digits: 0.1 is exactly a tenth, not the nearest double. */
function exact(number: number): Fraction {
  const [digits = '', exponent = '0'] = String(number).split('e');
  const [integer = '', decimals = ''] = digits.split('.');
  const power = Number(exponent) - decimals.length;
  const units = BigInt(integer + decimals);
  return power < 0
    ? { part: units, of: 10n ** BigInt(-power) }
    : { part: units * 10n ** BigInt(power), of: 1n };
}

const minus = (one: Fraction, other: Fraction): Fraction => ({
  part: one.part * other.of - other.part * one.of,
  of: one.of * other.of,
});
const isAtMost = (one: Fraction, other: Fraction): boolean => minus(one, other).part <= 0n;

/** The fraction `one` / `other`; `other` must not be 0. */
function shareOf(one: Fraction, other: Fraction): Fraction {
  const sign = other.part < 0n ? -1n : 1n;
  return { part: sign * one.part * other.of, of: sign * one.of * other.part };
}

const [zero, whole] = [exact(0), exact(1)];

function withinWhole(share: Fraction): Fraction {
  if (isAtMost(share, zero)) return zero;
  return isAtMost(whole, share) ? whole : share;
}

/** First and last instant of a goal's period, in ms since the epoch. */
function span({ period }: Goal) {
  return { start: Date.parse(period.start), end: Date.parse(period.end) + dayMs };
}

/** The earliest time that a check-in for this goal may have. */
export const earliestCheckIn = (goal: Goal): Date =>
  new Date(span(goal).start - statusRule.graceDays * dayMs);

/**
 * How far a value is from the baseline to the target: 0 at the baseline, 1 at the target, beyond that
 * outside this range.
 */
function way({ baseline }: Goal, target: number, value: number): Fraction {
  const from = exact(baseline);
  return shareOf(minus(exact(value), from), minus(exact(target), from));
}

/** How far outside the range a value is, in widths of the range: 0 inside. */
function outside({ low, high }: { low: number; high: number }, value: number): Fraction {
  if (low <= value && value <= high) return zero;
  const distance = value < low ? minus(exact(low), exact(value)) : minus(exact(value), exact(high));
  return shareOf(distance, minus(exact(high), exact(low)));
}

/** The elapsed fraction of a goal's period. */
function elapsed(goal: Goal, at: string): Fraction {
  const { start, end } = span(goal);
  return withinWhole(shareOf(exact(Date.parse(at) - start), exact(end - start)));
}

/**
 * What a goal expects at a time, on a straight line from baseline to target; null for a range, which
 * applies all the time.
 */
export function expectedAt(goal: Goal, at: string): number | null {
  const { baseline, target } = goal;
  if (typeof target !== 'number') return null;
  const { part, of } = elapsed(goal, at);
  const from = exact(baseline);
  const distance = minus(exact(target), from);
  const [whole, scale] = [
    from.part * of * distance.of + from.of * part * distance.part,
    from.of * of * distance.of,
  ];
  return Number(whole) / Number(scale);
}

/**
 * How much of a goal is reached, 0 to 1; null without a value. For a range it is 1 inside and falls to 0 at
 * the distance of the range's width.
 */
export function progressOf(goal: Goal, latest: Measurement | null): number | null {
  if (latest === null) return null;
  const { target } = goal;
  const { part, of } = withinWhole(
    typeof target === 'number'
      ? way(goal, target, latest.value)
      : minus(whole, outside(target, latest.value)),
  );
  return Number(part) / Number(of);
}

/** Whether a KPI's latest value is too old to count, now or at the end of its period. */
export function isStale(goal: Goal, latest: Measurement, now: Date): boolean {
  const judgedAt = Math.min(now.getTime(), span(goal).end);
  return judgedAt - Date.parse(latest.at) > statusRule.staleDays * dayMs;
}

/** A range has no tolerance. */
function statusOfValue(goal: Goal, { value, at }: Measurement): KpiStatus {
  const { target } = goal;
  const [gap, slack] =
    typeof target === 'number'
      ? [minus(elapsed(goal, at), way(goal, target, value)), statusRule.onTrack]
      : [outside(target, value), 0];
  if (isAtMost(gap, exact(slack))) return 'on_track';
  return isAtMost(gap, exact(statusRule.atRisk)) ? 'at_risk' : 'off_track';
}

/**
 * The status of a KPI at `now`, from its latest value alone. The value is compared with the fraction of the
 * period elapsed at the value's own time, so that Monday's value isn't behind on Friday. A value older than
 * 30 days doesn't count. A finished period is judged as of its end, so that its result stays.
 */
export function statusOf(goal: Goal, latest: Measurement | null, now: Date): KpiStatus {
  if (latest === null) return 'no_data';
  if (Date.parse(latest.at) < earliestCheckIn(goal).getTime() || isStale(goal, latest, now)) return 'no_data';
  return statusOfValue(goal, latest);
}
