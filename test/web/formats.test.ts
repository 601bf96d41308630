import { describe, expect, it } from 'vitest';
import { formatsFor } from '../../web/text/formats.ts';

describe('a number as it is shown', () => {
  it.each([
    [0, '0'],
    [12, '12'],
    [1234.567, '1,234.57'],
    [-1.005e6, '-1,005,000'],
    [0.5, '0.5'],
    [0.12345, '0.123'],
    [0.004, '0.004'],
    [-0.000_123_4, '-0.000123'],
    [1e-9, '0.000000001'],
  ])('keeps what matters of it: %d', (value, shown) => {
    expect(formatsFor('en').number(value)).toBe(shown);
  });

  it('is written as the reader’s language writes it', () => {
    expect(formatsFor('de').number(0.004)).toBe('0,004');
    expect(formatsFor('de').number(1234.567)).toBe('1.234,57');
  });
});

describe('a percentage', () => {
  it('says 100 only of all of it', () => {
    expect([0, 0.004, 0.5, 0.995, 0.9999, 1].map(formatsFor('en').percent)).toEqual([
      '0%',
      '0%',
      '50%',
      '99%',
      '99%',
      '100%',
    ]);
  });
});
