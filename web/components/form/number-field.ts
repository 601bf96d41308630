import type { Texts } from '../../text/language.tsx';
import type { Problems } from './problems.ts';

/** Grouped thousands, with decimals after the other separator. The last pattern is Indian grouping. */
const grouped = [
  /^[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?$/,
  /^[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?$/,
  /^[1-9]\d{0,2}(?: \d{3})+(?:[.,]\d+)?$/,
  /^[1-9]\d{0,2}(?:'\d{3})+(?:[.,]\d+)?$/,
  /^[1-9]\d?(?:,\d{2})+,\d{3}(?:\.\d+)?$/,
];
const plain = /^(?:\d+(?:[.,]\d+)?|[.,]\d+)(?:e[+-]?\d+)?$/i;
/** Grouped thousands in one locale, three decimals in another. With a leading 0 it can't be thousands. */
const twoWays = /^([1-9]\d{0,2})[.,](\d{3})$/;

/** Normalizes the input: special spaces, apostrophes and minus signs become ASCII. */
function partsOf(typed: string): { readonly sign: string; readonly digits: string } {
  const text = typed.trim().replaceAll(/\s/g, ' ').replaceAll('’', "'").replace(/^−/, '-');
  const [, sign = '', digits = ''] = /^([+-]?)(.*)$/.exec(text) ?? [];
  return { sign: sign === '-' ? sign : '', digits };
}

/** Removes grouping and uses a point for decimals: the last separator, if it occurs once. */
function ungrouped(digits: string): string {
  const [, last = ''] = /([.,])\d*$/.exec(digits) ?? [];
  const isDecimal = last !== '' && digits.split(last).length === 2;
  const place = isDecimal ? digits.lastIndexOf(last) : digits.length;
  const whole = digits.slice(0, place).replaceAll(/\D/g, '');
  return isDecimal ? `${whole}.${digits.slice(place + 1)}` : whole;
}

/**
 * Parses a number as users type it in any locale: decimals after a comma or a point, grouped thousands. NaN
 * if the field is empty, not a number, or ambiguous.
 */
export function numberOf(typed: string): number {
  const { sign, digits } = partsOf(typed);
  if (twoWays.test(digits)) return Number.NaN;
  if (plain.test(digits)) return Number(sign + digits.replace(',', '.'));
  return grouped.some((form) => form.test(digits)) ? Number(sign + ungrouped(digits)) : Number.NaN;
}

/** The two readings of an ambiguous number; the decimal one is `units`, a separator and `decimals`. */
export interface Doubt {
  readonly whole: string;
  readonly units: string;
  readonly decimals: string;
}

/**
 * How to enter an ambiguous number, which is a thousand times larger in another locale; null if it isn't
 * ambiguous.
 */
export function doubtOf(typed: string): Doubt | null {
  const { sign, digits } = partsOf(typed);
  const [, whole, decimals] = twoWays.exec(digits) ?? [];
  if (whole === undefined) return null;
  return { whole: `${sign}${whole}${decimals}`, units: `${sign}${whole}`, decimals: `${decimals}0` };
}

/** The ambiguous numbers of a form, by field. */
export const doubtsOf = (typed: Readonly<Record<string, string>>): Problems =>
  Object.fromEntries(
    Object.entries(typed).flatMap(([field, text]) => {
      const doubt = doubtOf(text);
      return doubt === null ? [] : [[field, ({ errors }: Texts) => errors.twoNumbers(doubt)]];
    }),
  );

/**
 * A number as initial value of a field: three decimals get a trailing zero, so that they can't be read as
 * thousands.
 */
export function typedOf(value: number): string {
  const text = String(value);
  return doubtOf(text) === null ? text : `${text}0`;
}
