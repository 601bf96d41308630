import * as z from 'zod';

/** A parameter that stands once in the query. */
export const once = z
  .array(z.string())
  .length(1, 'is given more than once')
  .transform(([value = '']) => value);

/** A parameter that may be repeated, or hold several values with commas between. */
export const several = z.array(z.string()).transform((values) => values.flatMap((value) => value.split(',')));

const count = (least: number, most: number) => once.transform(Number).pipe(z.int().min(least).max(most));

/** Parameters of every list. Source: Clerk Backend API, pagination. */
export const paging = {
  limit: count(1, 500).default(10),
  offset: count(0, Number.MAX_SAFE_INTEGER).default(0),
};

/** `+` or nothing sorts up, `-` down. */
export const orderBy = <const Names extends readonly [string, ...string[]]>(names: Names) =>
  once
    .transform((text) => ({ name: text.replace(/^[+ -]/, ''), down: text.startsWith('-') }))
    .pipe(z.object({ name: z.enum(names), down: z.boolean() }));

type Sortable = string | number | null | undefined;

/** Sorts as asked; equals keep their order, or reverse it when sorted down. */
export function sorted<Item>(items: readonly Item[], by: (item: Item) => Sortable, down: boolean): Item[] {
  const ascending = items.toSorted((one, other) => compare(by(one) ?? '', by(other) ?? ''));
  return down ? ascending.reverse() : ascending;
}

const compare = (one: string | number, other: string | number) => (one < other ? -1 : one > other ? 1 : 0);

export const page = <Item>(items: readonly Item[], { limit, offset }: { limit: number; offset: number }) =>
  items.slice(offset, offset + limit);
