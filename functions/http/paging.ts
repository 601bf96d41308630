import { Cursors, type CursorUse } from '../../domain/cursor.ts';
import type { Page } from '../../domain/page.schema.ts';
import { secret } from '../aws/secrets.ts';

interface Paging<Position> {
  readonly use: CursorUse;
  readonly query: { readonly cursor?: string | undefined };
  readonly now: Date;
  parse(position: string): Position;
}

/** What the listing handlers page with: read a page after a position, and say where each item stands. */
interface Listing<Item, Position> extends Paging<Position> {
  readonly query: { readonly limit: number; readonly cursor?: string | undefined };
  positionOf(item: Item): string;
  /** At most `limit` items after the position, in order. */
  after(position: Position | undefined, limit: number): Promise<Item[]>;
}

/** Answers one page: full unless it is the last, with a signed cursor to the next. */
export const pager =
  (cursorSecretId: string) =>
  async <Item, Position>({
    use,
    query,
    now,
    parse,
    positionOf,
    after,
  }: Listing<Item, Position>): Promise<Page<Item>> => {
    const cursors = new Cursors(await secret(cursorSecretId));
    const position = query.cursor === undefined ? undefined : parse(cursors.open(use, query.cursor, now));
    const found = await after(position, query.limit + 1);
    const items = found.slice(0, query.limit);
    const last = items.at(-1);
    const more = found.length > query.limit && last !== undefined;
    return { items, nextCursor: more ? cursors.seal(use, positionOf(last), now) : null };
  };

export type Pager = ReturnType<typeof pager>;

/** A listing that says itself where it stopped reading: it may stop before a page is full. */
interface Stretch<Item, Position> extends Paging<Position> {
  read(position: Position | undefined): Promise<{ readonly items: Item[]; readonly next: string | null }>;
}

/** Answers one stretch, with a signed cursor to where it goes on: null when there is nothing more. */
export const stretchPager =
  (cursorSecretId: string) =>
  async <Item, Position>({ use, query, now, parse, read }: Stretch<Item, Position>): Promise<Page<Item>> => {
    const cursors = new Cursors(await secret(cursorSecretId));
    const position = query.cursor === undefined ? undefined : parse(cursors.open(use, query.cursor, now));
    const { items, next } = await read(position);
    return { items, nextCursor: next === null ? null : cursors.seal(use, next, now) };
  };

export type StretchPager = ReturnType<typeof stretchPager>;
