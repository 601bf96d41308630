import { expect, test } from 'vitest';
import { mergeMetadata } from '../../../../infra/local/clerk/people.ts';

test('keeps what the change does not name, at every depth', () => {
  expect(mergeMetadata({ a: 1, b: { c: 2, d: 3 } }, { b: { d: 4 } })).toEqual({ a: 1, b: { c: 2, d: 4 } });
});

test('deletes what the change names null, at every depth', () => {
  expect(mergeMetadata({ a: 1, b: { c: 2, d: 3 } }, { a: null, b: { d: null } })).toEqual({ b: { c: 2 } });
});

test('replaces arrays and plain values as a whole', () => {
  expect(mergeMetadata({ a: [1, 2], b: 'text' }, { a: [3], b: { c: 1 } })).toEqual({ a: [3], b: { c: 1 } });
});

test('leaves the old metadata as it was', () => {
  const old = { a: { b: 1 } };
  mergeMetadata(old, { a: { b: 2 } });
  expect(old).toEqual({ a: { b: 1 } });
});
