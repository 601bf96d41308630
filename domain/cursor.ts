import { createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod/mini';
import { sharedRefusals } from './errors.ts';

/** What a cursor is bound to: it is refused for any other user, route, organization or filter. */
export interface CursorUse {
  /** The user whose list it is. */
  readonly viewer: string;
  readonly organizationId: string;
  readonly route: string;
  readonly filter?: string | undefined;
}

const lifetimeMs = 24 * 3_600_000;
const payload = z.tuple([z.string(), z.string(), z.string(), z.string(), z.number(), z.string()]);

/**
 * Opaque paging positions, signed (HMAC-SHA256) over viewer, organization, route, filter and expiry: a
 * foreign, altered or day-old cursor is refused as `invalid_cursor` and never reaches the database. Signed
 * with the first key and valid with any, so that keys can be rotated without breaking open lists.
 */
export class Cursors {
  readonly #keys: readonly [string, ...string[]];

  constructor(...keys: readonly [string, ...string[]]) {
    this.#keys = keys;
  }

  /** Whether one of the keys has signed it. */
  hasSigned(cursor: string): boolean {
    const [body = '', signature = '', ...more] = cursor.split('.');
    const given = Buffer.from(signature);
    return more.length === 0 && this.#keys.some((key) => isSame(given, Buffer.from(sign(key, body))));
  }

  seal(use: CursorUse, position: string, now: Date): string {
    const { viewer, organizationId, route, filter = '' } = use;
    const fields = [viewer, organizationId, route, filter, now.getTime() + lifetimeMs, position];
    const body = Buffer.from(JSON.stringify(fields)).toString('base64url');
    return `${body}.${sign(this.#keys[0], body)}`;
  }

  open(use: CursorUse, cursor: string, now: Date): string {
    if (!this.hasSigned(cursor)) throw sharedRefusals.cursor_invalid();
    const [body = ''] = cursor.split('.');
    const [viewer, organizationId, route, filter, expires, position] = payload.parse(
      JSON.parse(Buffer.from(body, 'base64url').toString()),
    );
    const fits =
      viewer === use.viewer &&
      organizationId === use.organizationId &&
      route === use.route &&
      filter === (use.filter ?? '');
    if (!fits || expires < now.getTime()) throw sharedRefusals.cursor_invalid();
    return position;
  }
}

const sign = (key: string, body: string) => createHmac('sha256', key).update(body).digest('base64url');
const isSame = (given: Buffer, expected: Buffer) =>
  given.length === expected.length && timingSafeEqual(given, expected);
