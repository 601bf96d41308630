import * as z from 'zod/mini';
import { orElse } from './field-errors.ts';

const wholeNumber = /^(?:0|-?[1-9]\d*)$/;

/** An integer in a query string, in decimal digits only. */
export const queryNumber = (least: number, most: number) =>
  z.pipe(
    z.transform((text: unknown) =>
      typeof text === 'string' && wholeNumber.test(text) ? Number(text) : text,
    ),
    z.int(orElse('not_a_whole_number')).check(z.minimum(least), z.maximum(most)),
  );

/** The page size: 25 by default. */
export const pageLimit = z.prefault(queryNumber(1, 100), 25);

/**
 * Query parameters of every listing: `limit` 1–100 (default 25) and the opaque `cursor` of the previous
 * page.
 */
export const pageQuery = z.strictObject({
  limit: pageLimit,
  cursor: z.optional(z.string().check(z.maxLength(8192))),
});

/** One page, full unless it is the last, whose `nextCursor` is null. */
export const page = <Item extends z.ZodMiniType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.nullable(z.string()) });

export interface Page<Item> {
  readonly items: Item[];
  readonly nextCursor: string | null;
}
