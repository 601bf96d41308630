import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { confirmedBy, freshMinutes } from '../../../domain/access/step-up.ts';
import { boundHash } from '../../../domain/approval/holding.ts';
import type { ApprovalKind } from '../../../domain/approval/kinds.schema.ts';

const kinds: readonly ApprovalKind[] = [
  'super-admin.create',
  'audit-feed.export',
  'organization.remove-data',
  'support-access.extend',
];
const bound = fc.record({
  kind: fc.constantFrom(...kinds),
  input: fc.dictionary(
    fc.string({ unit: 'grapheme' }),
    fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer(), fc.boolean(), fc.constant(null)),
  ),
  touches: fc.dictionary(fc.string({ unit: 'grapheme' }), fc.nat()),
});

/** The same value with its object keys in a different order. */
const turned = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(
        Object.entries(value)
          .toReversed()
          .map(([name, part]) => [name, turned(part)]),
      )
    : value;

describe('what is approved', () => {
  it('has one hash, in whatever order its names stand', () => {
    fc.assert(
      fc.property(bound, (one) => {
        const input = turned(one.input);
        expect(boundHash({ ...one, input: Object(input) })).toBe(boundHash(one));
      }),
    );
  });

  it('has another hash than anything else', () => {
    fc.assert(
      fc.property(bound, bound, (one, other) => {
        const same = JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
        expect(boundHash(one) === boundHash(other)).toBe(same);
      }),
    );
  });

  it('has another hash once one value of it is another', () => {
    fc.assert(
      fc.property(bound, fc.string(), fc.string(), (one, name, value) => {
        const changed = { ...one, input: { ...one.input, [name]: `${String(one.input[name])}${value}!` } };
        expect(boundHash(changed)).not.toBe(boundHash(one));
      }),
    );
  });
});

const sorted = (value: unknown): unknown =>
  typeof value === 'object' && value !== null
    ? Object.entries(value)
        .map(([name, part]) => [name, sorted(part)])
        .toSorted(([one], [other]) => (String(one) < String(other) ? -1 : 1))
    : value;

describe('a confirmation', () => {
  const ages = fc.integer({ min: -1, max: 1000 });
  const confirm = (first: number, second: number, twoFactor: boolean | undefined) => {
    try {
      return confirmedBy({ actor: {}, factorAges: [first, second], twoFactor });
    } catch {
      return null;
    }
  };

  it('is never older than ten minutes, and by the second factor where there is one', () => {
    fc.assert(
      fc.property(ages, ages, fc.option(fc.boolean(), { nil: undefined }), (first, second, twoFactor) => {
        const factor = confirm(first, second, twoFactor);
        const hasSecond = second >= 0 || twoFactor === true;
        const age = hasSecond ? second : first;
        expect(factor).toBe(age >= 0 && age < freshMinutes ? (hasSecond ? 'second' : 'first') : null);
      }),
    );
  });

  it('is nobody’s who acts as another, or whose token tells of no factors', () => {
    const acting = { actor: { impersonatedBy: 'user_eve' }, factorAges: [0, 0], twoFactor: true } as const;
    expect(() => confirmedBy(acting)).toThrow(expect.objectContaining({ code: 'forbidden' }));
    expect(() => confirmedBy({ actor: {}, factorAges: undefined, twoFactor: false })).toThrow(
      expect.objectContaining({ code: 'reverification_required' }),
    );
  });
});
