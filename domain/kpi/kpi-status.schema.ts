import * as z from 'zod/mini';
import type { Goal } from './goal.schema.ts';

export const kpiStatuses = ['on_track', 'at_risk', 'off_track', 'no_data'] as const;

/** A KPI's status, see `statusOf`. */
export const KpiStatus = z.enum(kpiStatuses);
export type KpiStatus = z.infer<typeof KpiStatus>;

/** The number of KPIs in each status. */
export type KpiCount = Record<KpiStatus, number>;

export const noKpis: Readonly<KpiCount> = { on_track: 0, at_risk: 0, off_track: 0, no_data: 0 };

/** A value, and the time that it is for (ISO 8601 UTC). */
interface Measurement {
  readonly value: number;
  readonly at: string;
}

const dayMs = 86_400_000;

/**
 * The parameters of `statusOf`. Shares are of the distance from baseline to target, or of the band's width.
 */
export const statusRule = {
  /** On track up to this far behind the expected progress. */
  onTrack: 0.1,
  /** At risk up to this far behind; off track beyond it. */
  atRisk: 0.25,
  /** A value older than this no longer counts. */
  staleDays: 30,
  /**
   * How much earlier than the period's start in UTC a check-in may be: in the east the day begins earlier.
   */
  graceDays: 1,
} as const;

/** An exact share; `of` is above 0. */
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

/** What share `one` is of `other`, which isn't 0. */
function shareOf(one: Fraction, other: Fraction): Fraction {
  const sign = other.part < 0n ? -1n : 1n;
  return { part: sign * one.part * other.of, of: sign * one.of * other.part };
}

const [zero, whole] = [exact(0), exact(1)];

function withinWhole(share: Fraction): Fraction {
  if (isAtMost(share, zero)) return zero;
  return isAtMost(whole, share) ? whole : share;
}

/** First and last instant of a goal's period, ms since the epoch. */
function span({ period }: Goal) {
  return { start: Date.parse(period.start), end: Date.parse(period.end) + dayMs };
}

/** The earliest time that a check-in of this goal may be for. */
export const earliestCheckIn = (goal: Goal): Date =>
  new Date(span(goal).start - statusRule.graceDays * dayMs);

/**
 * How far a value has come from the baseline to the target: 0 at the baseline, 1 at the target, outside that
 * range beyond them.
 */
function way({ baseline }: Goal, target: number, value: number): Fraction {
  const from = exact(baseline);
  return shareOf(minus(exact(value), from), minus(exact(target), from));
}

/** How far outside the band a value is, in widths of the band: 0 inside. */
function outside({ low, high }: { low: number; high: number }, value: number): Fraction {
  if (low <= value && value <= high) return zero;
  const distance = value < low ? minus(exact(low), exact(value)) : minus(exact(value), exact(high));
  return shareOf(distance, minus(exact(high), exact(low)));
}

/** How much of a goal's period has passed at a time. */
function elapsed(goal: Goal, at: string): Fraction {
  const { start, end } = span(goal);
  return withinWhole(shareOf(exact(Date.parse(at) - start), exact(end - start)));
}

/**
 * What a goal expects at a time, by its even way from the starting value to the target; null for a range,
 * which is expected all the time.
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
 * How much of a goal is reached, 0 to 1; null without a value. For a band it is 1 inside, and falls to 0 at a
 * distance of the band's width.
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

/** Whether a KPI's latest value is so old by now, or at the end of its period, that it doesn't count. */
export function isStale(goal: Goal, latest: Measurement, now: Date): boolean {
  const judgedAt = Math.min(now.getTime(), span(goal).end);
  return judgedAt - Date.parse(latest.at) > statusRule.staleDays * dayMs;
}

/** A band has no tolerance outside of it. */
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
 * The status of a KPI at `now`, from its latest value alone. The value is compared with the share of the
 * period that had passed at the value's own time, so that a value of Monday isn't behind on Friday. A value
 * older than 30 days doesn't count. A period that is over is judged as of its end, so that its result stays.
 */
export function statusOf(goal: Goal, latest: Measurement | null, now: Date): KpiStatus {
  if (latest === null) return 'no_data';
  if (Date.parse(latest.at) < earliestCheckIn(goal).getTime() || isStale(goal, latest, now)) return 'no_data';
  return statusOfValue(goal, latest);
}
