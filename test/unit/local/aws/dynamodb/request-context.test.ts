import { describe, expect, it } from 'vitest';
import { partitionValue } from '../../../../../infra/local/aws/dynamodb/requests.ts';

const placeholders = {
  names: { '#p': 'pk', '#s': 'sk' },
  values: { ':p': { S: 'org_A#user' }, ':s': { S: 'x' } },
};
const find = (expression: string) => partitionValue(expression, 'pk', placeholders);

describe('the partition a key condition names', () => {
  it.each([
    'pk = :p',
    '#p = :p',
    '#p=:p',
    '(#p = :p)',
    ':p = #p',
    '#p = :p AND begins_with(#s, :s)',
    'begins_with(#s,:s) and (#p = :p)',
    '#s BETWEEN :s AND :s AND #p = :p',
    '#s = :s AND #p = :p',
    '#p = :p AND #s >= :s',
  ])('is found in %s', (expression) => {
    expect(find(expression)).toEqual({ S: 'org_A#user' });
  });

  it.each(['#s = :s', '#p < :p', '#p <> :p', '#p = :p AND #p = :s', 'begins_with(#p, :p)', '#p = #s', ''])(
    'is refused in %s',
    (expression) => {
      expect(() => find(expression)).toThrow('missed key schema element: pk');
    },
  );

  it('is refused in text that is no expression', () => {
    expect(() => find('#p = :p ; #s')).toThrow('Syntax error');
  });
});
