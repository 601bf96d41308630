import { describe, expect, it } from 'vitest';
import { doubtOf, numberOf, typedOf } from '../../web/components/form/number-field.ts';
import { loadTexts } from '../../web/text/catalogue.ts';
import { formatsFor } from '../../web/text/formats.ts';
import { english } from './support/english.ts';

describe('a number that somebody types', () => {
  it.each([
    ['12,5', 12.5],
    ['12.5', 12.5],
    [' 7 ', 7],
    ['1234', 1234],
    ['1234.567', 1234.567],
    ['1,2345', 1.2345],
    ['0.125', 0.125],
    ['0,125', 0.125],
    ['.125', 0.125],
    ['-3,5', -3.5],
    ['−3.5', -3.5],
    ['+3', 3],
    ['1e-9', 1e-9],
    ['1.234e3', 1234],
    ['-2,5E2', -250],
  ])('may have its decimals after a comma or a point: %s', (typed, value) => {
    expect(numberOf(typed)).toBe(value);
    expect(doubtOf(typed)).toBeNull();
  });

  it.each([
    ['1,234.5', 1234.5],
    ['1.234,5', 1234.5],
    ['1,234.567', 1234.567],
    ['1 234,5', 1234.5],
    ['1 234', 1234],
    ['1\u202f234,567', 1234.567],
    ['1\u00a0234.5', 1234.5],
    ["1'234.5", 1234.5],
    ['1’234’567', 1_234_567],
    ['1,234,567', 1_234_567],
    ['-1.234.567', -1_234_567],
    ['1.234.567,89', 1_234_567.89],
    ['12,34,567.5', 1_234_567.5],
  ])('may have its thousands in groups where they can be nothing else: %s', (typed, value) => {
    expect(numberOf(typed)).toBe(value);
    expect(doubtOf(typed)).toBeNull();
  });

  it.each([
    ['1,234', '1234', '1.2340'],
    ['1.234', '1234', '1.2340'],
    ['-12.345', '-12345', '-12.3450'],
    ['100,000', '100000', '100.0000'],
  ])('is no number yet where it could be two: %s', (typed, whole, decimal) => {
    expect(numberOf(typed)).toBeNaN();
    const doubt = doubtOf(typed);
    expect(doubt && english.errors.twoNumbers(doubt)).toBe(
      `This could be read two ways. Enter ${whole} for the whole number or ${decimal} for the decimal.`,
    );
    for (const reading of [whole, decimal]) expect(numberOf(reading)).not.toBeNaN();
  });

  it('is asked for in the reader’s language', async () => {
    const { errors } = await loadTexts('de');
    const doubt = doubtOf('-1.234');
    expect(doubt && errors.twoNumbers(doubt)).toBe(
      'Diese Zahl ist nicht eindeutig. Geben Sie -1234 für die ganze Zahl oder -1,2340 für die Kommazahl ein.',
    );
  });

  it.each([
    '',
    ' ',
    'many',
    '0x10',
    '0b1',
    'Infinity',
    '1 2',
    '1,2,3',
    '1,23.4',
    '1.2.3',
    '0,123.4',
    '1 234.567.8',
    "1,234'567",
    '--1',
    '1e',
    '12 %',
    '12.',
  ])('is no number where it is anything else: %j', (typed) => {
    expect(numberOf(typed)).toBeNaN();
    expect(doubtOf(typed)).toBeNull();
  });

  it.each([0, 12.5, -1.234, 12.345, 0.125, 1234.567, 100, 1e-9, 1.234e-7, 1e15])(
    'is the one that a field began with, when nobody changes it: %d',
    (value) => {
      expect(numberOf(typedOf(value))).toBe(value);
    },
  );

  it.each(['en', 'en-GB', 'en-IN', 'en-ZA', 'de', 'de-AT', 'de-CH'])(
    'is taken as the product writes it in %s, or asked about',
    (locale) => {
      const { number } = formatsFor(locale);
      for (const value of [0.5, -12.5, 999, 1234.5, -123_456.75, 1_234_567, 12_345_678.9])
        expect(numberOf(number(value))).toBe(value);
      expect(doubtOf(number(1234)) !== null || numberOf(number(1234)) === 1234).toBe(true);
    },
  );
});
