/** Dates, times and numbers in the user's locale. */
export interface Formats {
  /** A calendar date (`yyyy-mm-dd`) or the day of a time. */
  date(iso: string): string;
  /** The same without the year, for axes. */
  shortDate(iso: string): string;
  /** A month's short name; for January, the year. */
  month(iso: string): string;
  /** A month (`yyyy-mm`) with its year. */
  monthAndYear(month: string): string;
  /** A time to the second, in the user's time zone. */
  moment(iso: string): string;
  /** The time of day, in the user's time zone. */
  time(iso: string): string;
  /** The day of a time in the user's time zone: today, yesterday, or the date with its weekday. */
  day(iso: string, now: Date): string;
  /** How long ago, or how far in the future; beyond a week, the date. */
  relative(iso: string, now: Date): string;
  /** At most two decimals; small numbers keep three significant digits. */
  number(value: number): string;
  /** A fixed number of decimals, for numbers in a column or on an axis. */
  decimal(value: number, decimals: number): string;
  /** Compact notation (`1.2M`), where space is short. */
  compact(value: number): string;
  /** A fraction as a percentage; 100 only if it is exactly 1. */
  percent(share: number): string;
  /** A relative change as a percentage with its sign. */
  change(share: number): string;
  list(items: readonly string[]): string;
}

const steps: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/** A week: times further away are shown as dates. */
const longestSeconds = 604_800;

const midnight = (time: Date): number => new Date(time).setHours(0, 0, 0, 0);
const daysBetween = (one: Date, other: Date): number =>
  Math.round((midnight(one) - midnight(other)) / 86_400_000);

/** @param locale a BCP 47 language tag */
export function formatsFor(locale: string): Formats {
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
  const shortDate = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' });
  const month = new Intl.DateTimeFormat(locale, { month: 'short', timeZone: 'UTC' });
  const monthAndYear = new Intl.DateTimeFormat(locale, { month: 'short', year: 'numeric', timeZone: 'UTC' });
  const year = new Intl.DateTimeFormat(locale, { year: 'numeric', timeZone: 'UTC' });
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' });
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
  const weekday = new Intl.DateTimeFormat(locale, { dateStyle: 'full' });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  const small = new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 });
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const compact = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 2 });
  const change = new Intl.NumberFormat(locale, {
    style: 'percent',
    maximumFractionDigits: 0,
    signDisplay: 'exceptZero',
  });
  const list = new Intl.ListFormat(locale);
  return {
    date: (iso) => date.format(new Date(iso)),
    shortDate: (iso) => shortDate.format(new Date(iso)),
    month(iso) {
      const date = new Date(iso);
      return (date.getUTCMonth() === 0 ? year : month).format(date);
    },
    monthAndYear: (month) => monthAndYear.format(new Date(`${month}-01`)),
    moment: (iso) => moment.format(new Date(iso)),
    time: (iso) => time.format(new Date(iso)),
    day(iso, now) {
      const days = daysBetween(new Date(iso), now);
      if (days > 0 || days < -1) return weekday.format(new Date(iso));
      const word = relative.format(days, 'day');
      return word.charAt(0).toLocaleUpperCase(locale) + word.slice(1);
    },
    relative(iso, now) {
      const seconds = (Date.parse(iso) - now.getTime()) / 1000;
      if (Math.abs(seconds) > longestSeconds) return date.format(new Date(iso));
      const [unit, size] = steps.find(([, length]) => Math.abs(seconds) >= length) ?? ['second', 1];
      return relative.format(Math.round(seconds / size), unit);
    },
    number: (value) => (Math.abs(value) < 1 ? small : number).format(value),
    decimal: (value, decimals) =>
      value.toLocaleString(locale, { minimumFractionDigits: decimals, maximumFractionDigits: decimals }),
    compact: (value) => (Math.abs(value) < 1 ? small : compact).format(value),
    // A minus sign, as other changes have.
    change: (share) => change.format(share).replace('-', '−'),
    percent: (share) => percent.format(share < 1 ? Math.min(share, 0.99) : share),
    list: (items) => list.format(items),
  };
}
