import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Cursors } from '../../../domain/cursor.ts';
import { AppError } from '../../../domain/errors.ts';

const cursors = new Cursors('a key that only this test knows');
const now = new Date('2026-11-25T12:00:00.000Z');
const text = fc.string({ unit: 'binary', maxLength: 60 });
const use = fc.record({ viewer: text, organizationId: text, route: text, filter: text });

/** The result of opening a cursor: the position, or the error code; unexpected errors are rethrown. */
function opened(...parameters: Parameters<Cursors['open']>): string {
  try {
    return `position ${cursors.open(...parameters)}`;
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

describe('any cursor', () => {
  it('gives back its position where it was made for', () => {
    fc.assert(
      fc.property(use, text, (where, position) => {
        expect(opened(where, cursors.seal(where, position, now), now)).toBe(`position ${position}`);
      }),
    );
  });

  it('is refused when a single byte of it is another', () => {
    fc.assert(
      fc.property(use, text, fc.nat(), fc.integer({ min: 1, max: 255 }), (where, position, at, by) => {
        const bytes = Buffer.from(cursors.seal(where, position, now));
        const index = at % bytes.length;
        bytes[index] = (bytes[index] ?? 0) ^ by;
        expect(opened(where, bytes.toString('latin1'), now)).toBe('invalid_cursor');
      }),
    );
  });

  it('is refused for whatever it was not made for', () => {
    fc.assert(
      fc.property(use, use, text, (where, elsewhere, position) => {
        fc.pre(JSON.stringify(where) !== JSON.stringify(elsewhere));
        expect(opened(elsewhere, cursors.seal(where, position, now), now)).toBe('invalid_cursor');
      }),
    );
  });

  it('is refused with anything before or after it', () => {
    fc.assert(
      fc.property(use, text, fc.string({ minLength: 1 }), (where, position, more) => {
        const sealed = cursors.seal(where, position, now);
        for (const cursor of [`${sealed}${more}`, `${more}${sealed}`])
          expect(opened(where, cursor, now)).toBe('invalid_cursor');
      }),
    );
  });

  it('that somebody made up is refused', () => {
    fc.assert(
      fc.property(use, text, (where, cursor) => {
        expect(opened(where, cursor, now)).toBe('invalid_cursor');
      }),
    );
  });
});
