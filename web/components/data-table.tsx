import { createRef, PureComponent, type ReactNode } from 'react';
import { leaveFocusOf } from '../lib/return-focus.ts';
import classes from './data-table.module.css';

export interface Column<Item> {
  readonly title: string;
  readonly cell: (item: Item) => ReactNode;
  readonly numeric?: boolean;
}

interface DataTableProps<Item> {
  readonly label: string;
  readonly columns: readonly Column<Item>[];
  readonly items: readonly Item[];
  readonly keyOf: (item: Item) => string;
  /**
   * For what may become thousands of rows: of many, those out of sight are not laid out. Columns share the
   * width evenly, but the first.
   */
  readonly long?: boolean;
}

/** So many rows are laid out at once in no time. */
const few = 50;

/**
 * A table that becomes a list of cards where there is no room for columns; each value then carries its
 * column's title. With columns that stay the same, a row is drawn once, however many come after it; of plain
 * elements, so that thousands are.
 */
export function DataTable<Item>({ label, columns, items, keyOf, long = false }: DataTableProps<Item>) {
  const looks = [classes.table, long && classes.long, long && items.length > few && classes.many];
  return (
    <table className={looks.filter(Boolean).join(' ')} aria-label={label}>
      <thead>
        <tr>
          {columns.map(({ title, numeric = false }) => (
            <th key={title} scope="col" className={numeric ? classes.numeric : undefined}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <Row key={keyOf(item)} columns={columns} item={item} />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps<Item> {
  readonly columns: readonly Column<Item>[];
  readonly item: Item;
}

/** A pure component, so that a row whose item and columns are the same isn't drawn again. */
class Row<Item> extends PureComponent<RowProps<Item>> {
  private readonly row = createRef<HTMLTableRowElement>();

  /** The row may leave by what was chosen in it, under a filter. */
  override componentWillUnmount(): void {
    if (this.row.current !== null) leaveFocusOf(this.row.current);
  }

  override render(): ReactNode {
    const { columns, item } = this.props;
    return (
      <tr ref={this.row}>
        {columns.map(({ title, cell, numeric = false }) => (
          <td key={title} data-title={title} className={numeric ? classes.numeric : undefined}>
            {cell(item)}
          </td>
        ))}
      </tr>
    );
  }
}
