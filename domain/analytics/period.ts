import { daysBefore } from '../usage/day.ts';
import type { Grain } from './analytics.schema.ts';

/** Days from the first to the last, both inclusive, `yyyy-mm-dd`. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

const dayMs = 86_400_000;

/** A day some days after another. */
export const daysAfter = (date: string, days: number): string => daysBefore(date, -days);

/** How many days a period has. */
const lengthOf = ({ from, to }: Period): number => (Date.parse(to) - Date.parse(from)) / dayMs + 1;

/** How many days a figure of its own is of, and compared with. */
export const comparedDays = 30;

/** So many days, the last of them given. */
export const lastDays = (days: number, to: string): Period => ({ from: daysBefore(to, days - 1), to });

/** The 30 days up to and with today (UTC). */
export const recently = (now: Date): Period => lastDays(comparedDays, now.toISOString().slice(0, 10));

/** The period of the same length that ends the day before. */
export function previousOf(period: Period): Period {
  const length = lengthOf(period);
  return { from: daysBefore(period.from, length), to: daysBefore(period.from, 1) };
}

/** Every day of a period, oldest first. */
export const daysOf = (period: Period): string[] =>
  Array.from({ length: lengthOf(period) }, (_, index) => daysAfter(period.from, index));

/** The ISO 8601 week of a day: the week's year is the one that its Thursday is in. */
function weekOf(date: string): string {
  const weekday = (new Date(date).getUTCDay() + 6) % 7;
  const thursday = daysAfter(date, 3 - weekday);
  const year = thursday.slice(0, 4);
  const week = Math.floor((Date.parse(thursday) - Date.parse(`${year}-01-01`)) / dayMs / 7) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
}

const labels: Readonly<Record<Grain, (date: string) => string>> = {
  day: (date) => date,
  week: weekOf,
  month: (date) => date.slice(0, 7),
};

/**
 * A period cut into days, ISO weeks or months; the first and the last may be cut short by the period's own
 * ends.
 */
export function cut(period: Period, grain: Grain): (Period & { readonly label: string })[] {
  const pieces: (Period & { readonly label: string })[] = [];
  for (const date of daysOf(period)) {
    const label = labels[grain](date);
    const last = pieces.at(-1);
    if (last?.label === label) pieces[pieces.length - 1] = { ...last, to: date };
    else pieces.push({ label, from: date, to: date });
  }
  return pieces;
}
