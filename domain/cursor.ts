import { createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod/mini';
import { sharedRefusals } from './errors.ts';

/**
 * What a cursor is good for: it is refused for anybody else, and for any other route, organization or filter.
 */
export interface CursorUse {
  /** Whose list it is: a user id. */
  readonly viewer: string;
  readonly organizationId: string;
  readonly route: string;
  readonly filter?: string | undefined;
}

const lifetimeMs = 24 * 3_600_000;
const payload = z.tuple([z.string(), z.string(), z.string(), z.string(), z.number(), z.string()]);

/**
 * Opaque paging positions, signed (HMAC-SHA256) over viewer, organization, route, filter and expiry, so that
 * a foreign, altered or day-old cursor is `invalid_cursor` and never reaches the database.
 */
export class Cursors {
  readonly #key: string;

  constructor(key: string) {
    this.#key = key;
  }

  seal(use: CursorUse, position: string, now: Date): string {
    const { viewer, organizationId, route, filter = '' } = use;
    const fields = [viewer, organizationId, route, filter, now.getTime() + lifetimeMs, position];
    const body = Buffer.from(JSON.stringify(fields)).toString('base64url');
    return `${body}.${this.#sign(body)}`;
  }

  open(use: CursorUse, cursor: string, now: Date): string {
    const [body = '', signature = '', ...more] = cursor.split('.');
    const expected = Buffer.from(this.#sign(body));
    const given = Buffer.from(signature);
    if (more.length > 0 || given.length !== expected.length || !timingSafeEqual(given, expected))
      throw sharedRefusals.cursor_invalid();
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

  #sign(body: string): string {
    return createHmac('sha256', this.#key).update(body).digest('base64url');
  }
}
