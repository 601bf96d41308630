import type { ReactNode } from 'react';

/** The value to sort by. Rows without one come last in either direction. */
type SortValue = string | number | null | undefined;

/** How a card on a phone shows the column. */
export type PhonePart = 'title' | 'fact' | 'hidden';

/** A column, as data. Column objects must be stable, so that rows don't re-render. */
export interface Column<Item> {
  /** Used in the URL and in the browser's storage. */
  readonly id: string;
  readonly title: string;
  /** One line. If rows are links, the first column's cell becomes the link, so it must not contain one. */
  readonly cell: (item: Item) => ReactNode;
  /** The cell as plain text, if it isn't text already: for CSV, and to name the row. */
  readonly text?: (item: Item) => string;
  /** A sort key for lists that are completely loaded, or the name of a server-side order. */
  readonly sort?: ((item: Item) => SortValue) | string;
  readonly numeric?: boolean;
  /**
   * In pixels, or a fraction of the remaining width: by default 1.4 for the first column and 1 for others.
   */
  readonly width?: number | `${number}fr`;
  /** Hidden unless the user chooses it. */
  readonly hidden?: boolean;
  /** By default the first column is the title, the next two are facts, and the others are hidden. */
  readonly phone?: PhonePart;
  /** May need more than one line, such as a field with its error. */
  readonly grows?: boolean;
  /** Row actions: always last, never hidden, sorted or exported. */
  readonly actions?: true;
}

/** The name of a column's order in the URL. */
export const orderOf = <Item>({ id, sort }: Column<Item>): string => (typeof sort === 'string' ? sort : id);

/** A cell as plain text; empty if it is more than text and the column doesn't define any. */
export function plainText<Item>({ text, cell }: Column<Item>, item: Item): string {
  if (text !== undefined) return text(item);
  const shown = cell(item);
  return typeof shown === 'string' || typeof shown === 'number' ? String(shown) : '';
}

const facts = 2;

/** How a card shows the column at this index. */
export function phonePart<Item>({ phone, actions }: Column<Item>, place: number): PhonePart | 'actions' {
  if (actions === true) return 'actions';
  if (phone !== undefined) return phone;
  if (place === 0) return 'title';
  return place <= facts ? 'fact' : 'hidden';
}
