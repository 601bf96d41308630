import { describe, expect, it } from 'vitest';
import { Cursors } from '../../../domain/cursor.ts';

const cursors = new Cursors('a key that only this test knows');
const now = new Date('2026-11-24T12:00:00.000Z');
const use = { viewer: 'user_1', organizationId: 'platform', route: 'listOrganizations', filter: 'acme' };
const refusal = expect.objectContaining({ code: 'invalid_cursor' });

describe('a cursor', () => {
  it('gives back its position where it was made for', () => {
    expect(cursors.open(use, cursors.seal(use, 'here', now), now)).toBe('here');
  });

  it.each([
    ['somebody else', { ...use, viewer: 'user_2' }],
    ['another organization', { ...use, organizationId: 'org_01ARZ3NDEKTSV4RRFFQ69G5FAV' }],
    ['another route', { ...use, route: 'listUsers' }],
    ['another filter', { ...use, filter: 'beta' }],
  ])('is refused for %s', (_, other) => {
    expect(() => cursors.open(other, cursors.seal(use, 'here', now), now)).toThrow(refusal);
  });

  it('of a list without a filter is good for that', () => {
    const { filter: _, ...whole } = use;
    expect(cursors.open(whole, cursors.seal(whole, 'here', now), now)).toBe('here');
    expect(cursors.open({ ...whole, filter: '' }, cursors.seal(whole, 'here', now), now)).toBe('here');
    expect(() => cursors.open(whole, cursors.seal(use, 'here', now), now)).toThrow(refusal);
  });

  it('is good for a day, to its end, and refused then', () => {
    const sealed = cursors.seal(use, 'here', now);
    expect(cursors.open(use, sealed, new Date('2026-11-25T12:00:00.000Z'))).toBe('here');
    expect(() => cursors.open(use, sealed, new Date('2026-11-25T12:00:00.001Z'))).toThrow(refusal);
  });

  it('is good if one of several keys has signed it, and is signed with the first', () => {
    const exchanged = new Cursors('the new key', 'a key that only this test knows');
    expect(exchanged.open(use, cursors.seal(use, 'here', now), now)).toBe('here');
    const sealed = exchanged.seal(use, 'there', now);
    expect(new Cursors('the new key').open(use, sealed, now)).toBe('there');
    expect(cursors.hasSigned(sealed)).toBe(false);
    expect(exchanged.hasSigned(new Cursors('a third key').seal(use, 'here', now))).toBe(false);
  });

  it('is refused when altered, signed with another key, or garbage', () => {
    const sealed = cursors.seal(use, 'here', now);
    const foreign = new Cursors('another key').seal(use, 'here', now);
    for (const cursor of [`${sealed}.more`, `x${sealed}`, sealed.slice(0, -1), foreign, 'garbage', ''])
      expect(() => cursors.open(use, cursor, now)).toThrow(refusal);
  });
});
