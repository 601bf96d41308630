import type { Context } from '../../domain/context.ts';
import { Cursors, type CursorUse } from '../../domain/cursor.ts';
import type { Page } from '../../domain/page.schema.ts';
import { changedSecret, previousSecret, secret } from '../aws/secrets.ts';

interface Paging<Position> {
  readonly ctx: Context;
  readonly route: string;
  /** What else the list depends on; a cursor is only valid for that. */
  readonly filter?: string;
  readonly query: { readonly cursor?: string | undefined };
  parse(position: string): Position;
}

/** How a handler pages: read a page after a position, and return each item's position. */
interface Listing<Item, Position> extends Paging<Position> {
  readonly query: { readonly limit: number; readonly cursor?: string | undefined };
  positionOf(item: Item): string;
  /** At most `limit` items after the position, in order. */
  after(position: Position | undefined, limit: number): Promise<Item[]>;
}

/** What a list's cursors are bound to: the caller, the organization, and the request's filter. */
export const cursorUseOf = ({
  ctx,
  route,
  filter,
}: Pick<Paging<unknown>, 'ctx' | 'route' | 'filter'>): CursorUse => ({
  viewer: ctx.actor.by,
  organizationId: ctx.scope.organizationId,
  route,
  filter,
});

/**
 * Cursors with the current key. For one signed with another key, also the previous key, and a re-read of
 * the current one in case it was rotated.
 */
async function cursorsFor(secretId: string, cursor: string | undefined): Promise<Cursors> {
  const used = await secret(secretId);
  const cursors = new Cursors(used);
  if (cursor === undefined || cursors.hasSigned(cursor)) return cursors;
  const present = (await changedSecret(secretId, used)) ?? used;
  const before = await previousSecret(secretId);
  return new Cursors(present, used, ...(before === null ? [] : [before]));
}

/** Opens a request's cursor and seals the next one. */
async function turn<Position>(secretId: string, paging: Paging<Position>) {
  const { ctx, query, parse } = paging;
  const cursors = await cursorsFor(secretId, query.cursor);
  const use = cursorUseOf(paging);
  return {
    position: query.cursor === undefined ? undefined : parse(cursors.open(use, query.cursor, ctx.now)),
    seal: (next: string | null) => (next === null ? null : cursors.seal(use, next, ctx.now)),
  };
}

/** Responds with one page, full unless it is the last, and a signed cursor for the next. */
export const pager =
  (cursorSecretId: string) =>
  async <Item, Position>(listing: Listing<Item, Position>): Promise<Page<Item>> => {
    const { query, positionOf, after } = listing;
    const { position, seal } = await turn(cursorSecretId, listing);
    const found = await after(position, query.limit + 1);
    const items = found.slice(0, query.limit);
    const last = items.at(-1);
    const more = found.length > query.limit && last !== undefined;
    return { items, nextCursor: seal(more ? positionOf(last) : null) };
  };

export type Pager = ReturnType<typeof pager>;

/** A listing that returns its own end position, because it may stop before a page is full. */
interface Batch<Item, Position> extends Paging<Position> {
  read(position: Position | undefined): Promise<{ readonly items: Item[]; readonly next: string | null }>;
}

/** Responds with one batch and a signed cursor for the next; null at the end. */
export const batchPager =
  (cursorSecretId: string) =>
  async <Item, Position>(batch: Batch<Item, Position>): Promise<Page<Item>> => {
    const { position, seal } = await turn(cursorSecretId, batch);
    const { items, next } = await batch.read(position);
    return { items, nextCursor: seal(next) };
  };

export type BatchPager = ReturnType<typeof batchPager>;
