import { describe, expect, it } from 'vitest';
import { compileFilters } from '../../../../../infra/local/aws/streams/filter.ts';

const passes = (pattern: unknown, record: unknown) => compileFilters([JSON.stringify(pattern)])(record);
const record = {
  eventName: 'MODIFY',
  dynamodb: {
    NewImage: {
      entity: { S: 'user' },
      revision: { N: '2' },
      tags: { L: [{ S: 'red' }, { S: 'blue' }] },
      gone: { NULL: true },
    },
    SizeBytes: 120,
    Note: null,
    Empty: '',
  },
};
const image = (rules: unknown) => ({ dynamodb: { NewImage: { entity: { S: rules } } } });

describe('an event source filter', () => {
  it.each([
    ['equality', { eventName: ['INSERT', 'MODIFY'] }],
    ['equality that ignores case', image([{ 'equals-ignore-case': 'USER' }])],
    ['anything-but', image([{ 'anything-but': ['counters', 'identity'] }])],
    ['prefix', image([{ prefix: 'us' }])],
    ['suffix', image([{ suffix: 'er' }])],
    ['exists', image([{ exists: true }])],
    ['absence', { dynamodb: { OldImage: { entity: { S: [{ exists: false }] } } } }],
    ['a numeric range', { dynamodb: { SizeBytes: [{ numeric: ['>', 100, '<=', 120] }] } }],
    ['null', { dynamodb: { Note: [null] } }],
    ['empty text', { dynamodb: { Empty: [''] } }],
    ['any element of a list', { dynamodb: { NewImage: { tags: { L: { S: ['blue'] } } } } }],
    ['all fields', { eventName: ['MODIFY'], ...image(['user']) }],
    ['one of several fields', { $or: [{ eventName: ['REMOVE'] }, image(['user'])] }],
  ])('passes by %s', (_, pattern) => {
    expect(passes(pattern, record)).toBe(true);
  });

  it.each([
    ['another value', { eventName: ['REMOVE'] }],
    ['a listed value', image([{ 'anything-but': ['user'] }])],
    [
      'anything-but on a field that is absent',
      { dynamodb: { OldImage: { entity: { S: [{ 'anything-but': ['x'] }] } } } },
    ],
    ['one field of two', { eventName: ['REMOVE'], ...image(['user']) }],
    ['exists on what is not a leaf', { dynamodb: { NewImage: [{ exists: true }] } }],
    ['a number written as text', { dynamodb: { NewImage: { revision: { N: [{ numeric: ['=', 2] }] } } } }],
    ['a number outside the range', { dynamodb: { SizeBytes: [{ numeric: ['<', 100] }] } }],
  ])('drops by %s', (_, pattern) => {
    expect(passes(pattern, record)).toBe(false);
  });

  it('passes a record that matches any of its patterns, and all records without patterns', () => {
    const patterns = [{ eventName: ['REMOVE'] }, { eventName: ['MODIFY'] }].map((one) => JSON.stringify(one));
    expect(compileFilters(patterns)(record)).toBe(true);
    expect(compileFilters([])(record)).toBe(true);
  });

  it.each([
    ['{ nonsense', 'not JSON'],
    ['[]', 'not an object'],
    ['{"eventName":"INSERT"}', 'not an object'],
    ['{"eventName":[{"wildcard":"IN*"}]}', 'does not have'],
    ['{"eventName":[{"anything-but":{"prefix":"x"}}]}', 'does not have'],
    ['{"size":[{"numeric":["~",1]}]}', 'numeric rule'],
    ['{"size":[{"numeric":["<",1,"x"]}]}', 'numeric rule'],
  ])('is refused when it says %s', (pattern, reason) => {
    expect(() => compileFilters([pattern])).toThrow(reason);
  });
});
