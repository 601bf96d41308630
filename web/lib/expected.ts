import type { Kpi } from '../../domain/kpi/kpi.schema.ts';
import { expectedAt } from '../../domain/kpi/kpi-status.schema.ts';
import { roundedFor } from './rounded.ts';

/** Whether a time (ISO 8601 UTC) is on the day of another, in UTC. */
export const isSameDay = (one: string, other: Date): boolean =>
  one.slice(0, 10) === other.toISOString().slice(0, 10);

/**
 * What a KPI's goal expects today, as exactly as it means something; null of a range. A value of today is
 * judged by what was expected when it came, so that is the day's number everywhere.
 */
export function expectedToday(kpi: Kpi, now: Date): number | null {
  const { latest } = kpi;
  const at = latest !== null && isSameDay(latest.at, now) ? latest.at : now.toISOString();
  const expected = expectedAt(kpi, at);
  return expected === null ? null : roundedFor(kpi, expected);
}
