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

/** The days from the first to the last given (both inclusive, `yyyy-mm-dd`), oldest first. */
export function daysBetween(from: string, to: string): string[] {
  const count = Math.round((Date.parse(to) - Date.parse(from)) / dayMs) + 1;
  return Array.from({ length: Math.max(0, count) }, (_, index) => daysBefore(from, -index));
}

/**
 * Whether a day's figures are computed so late that the daily run would have had others: a day after its end.
 */
export const isLate = (date: string, now: Date): boolean => now.getTime() >= Date.parse(date) + 2 * dayMs;

/**
 * The hour or day that names a run begun at `now`, and the day that it computes: an hourly run the present
 * day, a daily run the day before, or the `date` that it is told to close. That one has the name of the run
 * that was due after it, so that it goes on where that one was cut off.
 */
export function dueAndDate(period: UsagePeriod, now: Date, date?: string): { due: string; date: string } {
  if (date !== undefined) return { due: daysBefore(date, -1), date };
  const time = now.toISOString();
  return period === 'hour'
    ? { due: time.slice(0, 13), date: time.slice(0, 10) }
    : { due: time.slice(0, 10), date: daysBefore(time.slice(0, 10), 1) };
}
