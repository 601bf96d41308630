import { daysBefore } from './day.ts';
import type { UsagePeriod } from './run.schema.ts';

/** The hour or day that names a run begun at `now`, and the day it computes: an hourly run the day it is in, a daily run the day before. */
export function dueAndDate(period: UsagePeriod, now: Date): { due: string; date: string } {
  const time = now.toISOString();
  return period === 'hour'
    ? { due: time.slice(0, 13), date: time.slice(0, 10) }
    : { due: time.slice(0, 10), date: daysBefore(time.slice(0, 10), 1) };
}
