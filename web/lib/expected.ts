import type { Goal } from '../../domain/kpi/goal.schema.ts';
import type { Kpi } from '../../domain/kpi/kpi.schema.ts';
import { expectedAt } from '../../domain/kpi/kpi-status.schema.ts';

/** Whether two times fall on the same UTC day. */
export const isSameDay = (one: string, other: Date): boolean =>
  one.slice(0, 10) === other.toISOString().slice(0, 10);

/**
 * The value that a KPI's target expects today, rounded to meaningful digits; null for a target range. If
 * the KPI has a value from today, this is the expectation that value was judged against, so the number is
 * the same everywhere.
 */
export function expectedToday(kpi: Kpi, now: Date): number | null {
  const { latest } = kpi;
  const at = latest !== null && isSameDay(latest.at, now) ? latest.at : now.toISOString();
  const expected = expectedAt(kpi, at);
  return expected === null ? null : roundedFor(kpi, expected);
}

const digits = 3;

/** Rounds a computed number to a meaningful precision: three digits of the distance to the target. */
export function roundedFor({ baseline, target }: Pick<Goal, 'baseline' | 'target'>, value: number): number {
  const way = typeof target === 'number' ? Math.abs(target - baseline) : target.high - target.low;
  const power = Math.floor(Math.log10(way)) - digits + 1;
  if (power < 0) return Number(value.toFixed(-power));
  return Math.round(value / 10 ** power) * 10 ** power;
}
