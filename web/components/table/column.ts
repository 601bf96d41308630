import type { ReactNode } from 'react';

/** What rows are sorted by. One that has none comes last, in either direction. */
type SortValue = string | number | null | undefined;

/** What a card on a phone makes of a column. */
export type PhonePart = 'title' | 'fact' | 'hidden';

/** A column as data. Columns that stay the same object for object keep rows from being drawn again. */
export interface Column<Item> {
  /** Stands in the address and in what the browser remembers. */
  readonly id: string;
  readonly title: string;
  /** One line. Where rows open something, that of the first column is made a link, and holds none itself. */
  readonly cell: (item: Item) => ReactNode;
  /** The cell as plain text, where it is none by itself: for CSV, and to name the row. */
  readonly text?: (item: Item) => string;
  /** The value by which the page sorts a list that it has all of; or the name of an order of the server's. */
  readonly sort?: ((item: Item) => SortValue) | string;
  readonly numeric?: boolean;
  /** In pixels, or a share of what is left, of which the first takes 1.4 and others 1 by default. */
  readonly width?: number | `${number}fr`;
  /** Shown only to who chooses it. */
  readonly hidden?: boolean;
  /** By default the first is the title, the next two are facts, and the others are hidden. */
  readonly phone?: PhonePart;
  /** For what may need more than one line, as a field with what is wrong with it. */
  readonly grows?: boolean;
  /** For what is done to one row: always the last column, never hidden, sorted or exported. */
  readonly actions?: true;
}

/** The name under which a column's order stands in the address. */
export const orderOf = <Item>({ id, sort }: Column<Item>): string => (typeof sort === 'string' ? sort : id);

/** A cell as plain text; empty where it is more than text and the column doesn't say. */
export function plainText<Item>({ text, cell }: Column<Item>, item: Item): string {
  if (text !== undefined) return text(item);
  const shown = cell(item);
  return typeof shown === 'string' || typeof shown === 'number' ? String(shown) : '';
}

const facts = 2;

/** What a card makes of the column at this place. */
export function phonePart<Item>({ phone, actions }: Column<Item>, place: number): PhonePart | 'actions' {
  if (actions === true) return 'actions';
  if (phone !== undefined) return phone;
  if (place === 0) return 'title';
  return place <= facts ? 'fact' : 'hidden';
}
