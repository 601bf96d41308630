import * as z from 'zod/mini';
import { orElse } from './field-errors.ts';

const wholeNumber = /^(?:0|-?[1-9]\d*)$/;

/**
 * A whole number in a query, written in decimal digits and nothing else: no text is read as a number that
 * doesn't look like one.
 */
export const queryNumber = (least: number, most: number) =>
  z.pipe(
    z.transform((text: unknown) =>
      typeof text === 'string' && wholeNumber.test(text) ? Number(text) : text,
    ),
    z.int(orElse('not_a_whole_number')).check(z.minimum(least), z.maximum(most)),
  );

/** How many items are asked for: 25 if nothing is said. */
export const pageLimit = z.prefault(queryNumber(1, 100), 25);

/**
 * Query parameters of every listing: `limit` 1–100 (default 25) and the opaque `cursor` of the page before.
 */
export const pageQuery = z.strictObject({
  limit: pageLimit,
  cursor: z.optional(z.string().check(z.maxLength(8192))),
});

/** One page: full unless it is the last; `nextCursor` is null on the last. */
export const page = <Item extends z.ZodMiniType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.nullable(z.string()) });

export interface Page<Item> {
  readonly items: Item[];
  readonly nextCursor: string | null;
}
