import type { UsagePeriod } from './run.schema.ts';

const dayMs = 86_400_000;

/** A day some days before another; both `yyyy-mm-dd`. */
export const daysBefore = (date: string, days: number): string =>
  new Date(Date.parse(date) - days * dayMs).toISOString().slice(0, 10);

/**
 * The (exclusive) end of a day, and the moment that its figures are about: the end, or `now` while the day
 * lasts.
 */
export const boundsOf = (date: string, now: Date) => {
  const end = new Date(Date.parse(date) + dayMs);
  return { end: end.toISOString(), at: (now < end ? now : end).toISOString(), final: now >= end };
};

/**
 * The hour or day that names a run begun at `now`, and the day that it computes: an hourly run the present
 * day, a daily run the day before.
 */
export function dueAndDate(period: UsagePeriod, now: Date): { due: string; date: string } {
  const time = now.toISOString();
  return period === 'hour'
    ? { due: time.slice(0, 13), date: time.slice(0, 10) }
    : { due: time.slice(0, 10), date: daysBefore(time.slice(0, 10), 1) };
}
