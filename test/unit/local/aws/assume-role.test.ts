import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAssumeRole } from '../../../../infra/local/aws/sts/sts.ts';

const asked = (fields: Record<string, string>) =>
  new URLSearchParams({
    RoleArn: 'arn:aws:iam::111122223333:role/tenant',
    RoleSessionName: 'session',
    ...fields,
  });
const tags = (...pairs: [string, string][]) =>
  Object.fromEntries(
    pairs.flatMap(([key, value], index) => [
      [`Tags.member.${index + 1}.Key`, key],
      [`Tags.member.${index + 1}.Value`, value],
    ]),
  );
const refusal = { code: 'ValidationError' };

describe('AssumeRole takes of session tags what AWS takes', () => {
  it('letters of any alphabet, spaces, digits and _.:/=+-@, and no other character', () => {
    const allowed = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), (value) => {
        const parse = () => parseAssumeRole(asked(tags(['organizationId', value])));
        if (allowed.test(value)) expect(parse().tags).toEqual([{ Key: 'organizationId', Value: value }]);
        else expect(parse).toThrow();
      }),
    );
  });

  it.each(['*', 'org_*', 'org_?', '{x}', 'a#b', 'a,b', 'a\tb'])('not the value %j', (value) => {
    expect(() => parseAssumeRole(asked(tags(['organizationId', value])))).toThrow(
      expect.objectContaining(refusal),
    );
  });

  it.each([
    ['a key of 129 characters', tags(['k'.repeat(129), 'v'])],
    ['a value of 257 characters', tags(['k', 'v'.repeat(257)])],
    ['no key', tags(['', 'v'])],
    ['a key of AWS’s own', tags(['aws:PrincipalOrgID', 'v'])],
    ['a key without a value', { 'Tags.member.1.Key': 'k' }],
    ['51 of them', tags(...Array.from({ length: 51 }, (_, n): [string, string] => [`k${n}`, 'v']))],
    ['a bad one behind a gap in the numbers', { 'Tags.member.3.Key': 'k', 'Tags.member.3.Value': '*' }],
    ['an external id of one character', { ExternalId: 'x' }],
  ])('not %s', (_, fields) => {
    expect(() => parseAssumeRole(asked(fields))).toThrow(expect.objectContaining(refusal));
  });

  it('50 of the longest', () => {
    const longest = Array.from({ length: 50 }, (_, n): [string, string] => [
      `${n}`.padEnd(128, 'k'),
      'v'.repeat(256),
    ]);
    expect(parseAssumeRole(asked(tags(...longest))).tags).toHaveLength(50);
  });
});
