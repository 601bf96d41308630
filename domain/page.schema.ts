import * as z from 'zod/mini';

/** Query parameters of every listing: `limit` 1–100 (default 25) and the opaque `cursor` of the page before. */
export const pageQuery = z.strictObject({
  limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(100)), 25),
  cursor: z.optional(z.string().check(z.maxLength(8192))),
});

/** One page: full unless it is the last; `nextCursor` is null on the last. */
export const page = <Item extends z.ZodMiniType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.nullable(z.string()) });

export interface Page<Item> {
  readonly items: Item[];
  readonly nextCursor: string | null;
}
