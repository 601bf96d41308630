import type { UsagePeriod } from './run.schema.ts';

const dayMs = 86_400_000;

/** The day a number of days before another; both `yyyy-mm-dd`. */
export const daysBefore = (date: string, days: number): string =>
  new Date(Date.parse(date) - days * dayMs).toISOString().slice(0, 10);

/**
 * The (exclusive) end of a day, and the time that its figures are about: the end, or `now` while the day
 * lasts.
 */
export const boundsOf = (date: string, now: Date) => {
  const end = new Date(Date.parse(date) + dayMs);
  return { end: end.toISOString(), at: (now < end ? now : end).toISOString(), final: now >= end };
};

/** The days of a range (inclusive, `yyyy-mm-dd`), oldest first. */
export function daysBetween(from: string, to: string): string[] {
  const count = Math.round((Date.parse(to) - Date.parse(from)) / dayMs) + 1;
  return Array.from({ length: Math.max(0, count) }, (_, index) => daysBefore(from, -index));
}

/**
 * Whether a day's figures are computed so late that the daily run would have found other data: more than a
 * day after its end.
 */
export const isLate = (date: string, now: Date): boolean => now.getTime() >= Date.parse(date) + 2 * dayMs;

/**
 * The hour or day that identifies a run started at `now`, and the day it computes: the current day for an
 * hourly run, the previous one for a daily run, or the `date` to be closed. The latter has the identity of
 * the run that was due after it, so that it continues where that one stopped.
 */
export function dueAndDate(period: UsagePeriod, now: Date, date?: string): { due: string; date: string } {
  if (date !== undefined) return { due: daysBefore(date, -1), date };
  const time = now.toISOString();
  return period === 'hour'
    ? { due: time.slice(0, 13), date: time.slice(0, 10) }
    : { due: time.slice(0, 10), date: daysBefore(time.slice(0, 10), 1) };
}
