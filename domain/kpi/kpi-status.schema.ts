import * as z from 'zod/mini';
import type { Goal } from './goal.schema.ts';

export const kpiStatuses = ['on_track', 'at_risk', 'off_track', 'no_data'] as const;

/** How a KPI does, by the rule of `statusOf`. */
export const KpiStatus = z.enum(kpiStatuses);
export type KpiStatus = z.infer<typeof KpiStatus>;

/** How many KPIs are in which status. */
export type KpiCount = Record<KpiStatus, number>;

export const noKpis: Readonly<KpiCount> = { on_track: 0, at_risk: 0, off_track: 0, no_data: 0 };

/** A value, and the time it is true for (ISO 8601 UTC). */
interface Measurement {
  readonly value: number;
  readonly at: string;
}

const dayMs = 86_400_000;

/** The numbers of the rule; shares are of the whole way from baseline to target, or of the band's width. */
const statusRule = {
  /** As far behind the expected progress as this is still on track. */
  onTrack: 0.1,
  /** As far behind as this is at risk; further is off track. */
  atRisk: 0.25,
  /** A value older than this says nothing any more. */
  staleDays: 30,
  /** A check-in may be this much older than the period's start in UTC: the day begins earlier in the east. */
  graceDays: 1,
} as const;

const share = (number: number) => Math.min(1, Math.max(0, number));

/** First and last instant of a goal's period, ms since the epoch. */
function span({ period }: Goal) {
  return { start: Date.parse(period.start), end: Date.parse(period.end) + dayMs };
}

/** The earliest time that a check-in of this goal may be for. */
export const earliestCheckIn = (goal: Goal): Date =>
  new Date(span(goal).start - statusRule.graceDays * dayMs);

/** How far from the baseline to the target a value is: 0 at the baseline, 1 at the target, below and above beyond them. */
function way({ baseline }: Goal, target: number, value: number): number {
  return (value - baseline) / (target - baseline);
}

/** How far outside the band a value is, in widths of the band: 0 inside. */
function outside({ low, high }: { low: number; high: number }, value: number): number {
  return Math.max(low - value, value - high, 0) / (high - low);
}

/**
 * How much of a goal is reached, 0 to 1; null without a value. For a band: 1 inside, less with each part of its width that
 * the value is away from it.
 */
export function progressOf(goal: Goal, latest: Measurement | null): number | null {
  if (latest === null) return null;
  const { target } = goal;
  return typeof target === 'number'
    ? share(way(goal, target, latest.value))
    : share(1 - outside(target, latest.value));
}

/** There is no slack for leaving the band. */
function standing(goal: Goal, { value, at }: Measurement): KpiStatus {
  const { target } = goal;
  const { start, end } = span(goal);
  const gap =
    typeof target === 'number'
      ? share((Date.parse(at) - start) / (end - start)) - way(goal, target, value)
      : outside(target, value);
  if (gap <= (typeof target === 'number' ? statusRule.onTrack : 0)) return 'on_track';
  return gap <= statusRule.atRisk ? 'at_risk' : 'off_track';
}

/**
 * The status of a KPI at `now`, from its latest value alone. The value is held against the share of the period that had
 * passed at the value's own time: who reported on Monday isn't behind on Friday for it. Silence has a rule of its own: after 30 days
 * a value says nothing. A period that is over is judged as of its end, so that its result stays.
 */
export function statusOf(goal: Goal, latest: Measurement | null, now: Date): KpiStatus {
  if (latest === null) return 'no_data';
  const at = Date.parse(latest.at);
  const judgedAt = Math.min(now.getTime(), span(goal).end);
  if (at < earliestCheckIn(goal).getTime() || judgedAt - at > statusRule.staleDays * dayMs) return 'no_data';
  return standing(goal, latest);
}
