import type { Texts } from '../../text/language.tsx';
import type { Problems } from './problems.ts';

/** Thousands in groups, and decimals after another separator. The last is how India groups. */
const grouped = [
  /^[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?$/,
  /^[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?$/,
  /^[1-9]\d{0,2}(?: \d{3})+(?:[.,]\d+)?$/,
  /^[1-9]\d{0,2}(?:'\d{3})+(?:[.,]\d+)?$/,
  /^[1-9]\d?(?:,\d{2})+,\d{3}(?:\.\d+)?$/,
];
const plain = /^(?:\d+(?:[.,]\d+)?|[.,]\d+)(?:e[+-]?\d+)?$/i;
/**
 * Thousands in one language, and a number with three decimals in another. With a 0 in front they can't be
 * thousands.
 */
const twoWays = /^([1-9]\d{0,2})[.,](\d{3})$/;

/**
 * What was typed, in the characters of a keyboard: other spaces, apostrophes and minus signs are the plain
 * ones.
 */
function partsOf(typed: string): { readonly sign: string; readonly digits: string } {
  const text = typed.trim().replaceAll(/\s/g, ' ').replaceAll('’', "'").replace(/^−/, '-');
  const [, sign = '', digits = ''] = /^([+-]?)(.*)$/.exec(text) ?? [];
  return { sign: sign === '-' ? sign : '', digits };
}

/** Groups taken out, and a point for the decimals: the last separator, if it is there once. */
function ungrouped(digits: string): string {
  const [, last = ''] = /([.,])\d*$/.exec(digits) ?? [];
  const isDecimal = last !== '' && digits.split(last).length === 2;
  const place = isDecimal ? digits.lastIndexOf(last) : digits.length;
  const whole = digits.slice(0, place).replaceAll(/\D/g, '');
  return isDecimal ? `${whole}.${digits.slice(place + 1)}` : whole;
}

/**
 * A number as people type it in any language: decimals after a comma or a point, thousands in groups.
 * NaN for an empty field, for what is no number, and for what could be two.
 */
export function numberOf(typed: string): number {
  const { sign, digits } = partsOf(typed);
  if (twoWays.test(digits)) return Number.NaN;
  if (plain.test(digits)) return Number(sign + digits.replace(',', '.'));
  return grouped.some((form) => form.test(digits)) ? Number(sign + ungrouped(digits)) : Number.NaN;
}

/** How to type either of two numbers; the decimal is `units`, a separator and `decimals`. */
export interface Doubt {
  readonly whole: string;
  readonly units: string;
  readonly decimals: string;
}

/** What to type for a number that is a thousand times as much in another language; else null. */
export function doubtOf(typed: string): Doubt | null {
  const { sign, digits } = partsOf(typed);
  const [, whole, decimals] = twoWays.exec(digits) ?? [];
  if (whole === undefined) return null;
  return { whole: `${sign}${whole}${decimals}`, units: `${sign}${whole}`, decimals: `${decimals}0` };
}

/** The doubts about the numbers of a form, by field. */
export const doubtsOf = (typed: Readonly<Record<string, string>>): Problems =>
  Object.fromEntries(
    Object.entries(typed).flatMap(([field, text]) => {
      const doubt = doubtOf(text);
      return doubt === null ? [] : [[field, ({ errors }: Texts) => errors.twoNumbers(doubt)]];
    }),
  );

/** A number as a field begins with it: three decimals get a zero more, so that they can't be thousands. */
export function typedOf(value: number): string {
  const text = String(value);
  return doubtOf(text) === null ? text : `${text}0`;
}
