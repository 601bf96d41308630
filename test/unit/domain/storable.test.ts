import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseExactly } from '../../../domain/import/document.ts';
import { bytesOf, unstorable } from '../../../domain/table/storable.ts';

const names = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('constructor', '__proto__', 'a', ''));
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.string({ unit: 'binary' }),
    fc.constantFrom('\ud800', 'a\udc00b'),
    fc.double({ noNaN: true }),
    fc.bigInt().map(Number),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value')),
    fc.dictionary(names, tie('value'), { noNullPrototype: true }),
  ),
})).value;

/** As stored: without a negative zero's sign, which JSON parsers drop too. */
const text = (value: unknown) => JSON.stringify(value);

describe('what the table can store', () => {
  it('comes back from the document client as it went', () => {
    fc.assert(
      fc.property(json, (value) => {
        fc.pre(unstorable({ value }) === undefined);
        const { value: back } = unmarshall(marshall({ value }, { removeUndefinedValues: true }));
        expect(text(back)).toBe(text(value));
      }),
      { numRuns: 500 },
    );
  });

  it('is at most as large as counted', () => {
    expect(bytesOf({ name: 'é', list: [1, null, {}] })).toBe(
      3 + 1 + 4 + 2 + 1 + 4 + 3 + 1 + 3 + 1 + 1 + 1 + 3,
    );
  });

  it.each([
    [0, undefined],
    [-9007199254740991, undefined],
    [9007199254740992, 'value'],
    [1e-130, undefined],
    [1e-131, 'value'],
    [Number.POSITIVE_INFINITY, 'value'],
  ])('of numbers has its limits: %s', (value, path) => {
    expect(unstorable({ value })?.path).toBe(path);
  });
});

describe('exact JSON', () => {
  it('reads what JavaScript keeps as JSON.parse does, and writes the rest as it was', () => {
    const kept = '{"a":1e2,"b":[1.50,-0.0,123456789012345],"c":"1e400"}';
    expect(parseExactly(kept)).toEqual(JSON.parse(kept));
    const changed = '{"a":9007199254740993,"b":[1e400,-1e-400],"c":0.12345678901234567890123}';
    expect(JSON.stringify(parseExactly(changed))).toBe(changed);
  });

  it('writes any JSON text as it was but for the form of numbers', () => {
    fc.assert(
      fc.property(json, (value) => {
        const written = text(value);
        expect(JSON.stringify(parseExactly(written))).toBe(written);
      }),
    );
  });
});
