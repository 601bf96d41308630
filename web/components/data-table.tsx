import { Table } from '@mantine/core';
import { PureComponent, type ReactNode } from 'react';
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
  /** For what may become thousands of rows: those out of sight are not laid out. Columns then share the width evenly, but the first. */
  readonly long?: boolean;
}

/**
 * A table that becomes a list of cards where there is no room for columns; each value then carries its column's title. With
 * columns that stay the same, a row is drawn once, however many come after it.
 */
export function DataTable<Item>({ label, columns, items, keyOf, long = false }: DataTableProps<Item>) {
  return (
    <Table
      className={`${classes.table ?? ''} ${long ? (classes.long ?? '') : ''}`}
      verticalSpacing="xs"
      highlightOnHover
      aria-label={label}
    >
      <Table.Thead>
        <Table.Tr>
          {columns.map(({ title, numeric }) => (
            <Table.Th key={title} scope="col" ta={numeric === true ? 'right' : 'left'}>
              {title}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {items.map((item) => (
          <Row key={keyOf(item)} columns={columns} item={item} />
        ))}
      </Table.Tbody>
    </Table>
  );
}

interface RowProps<Item> {
  readonly columns: readonly Column<Item>[];
  readonly item: Item;
}

/** A pure component, so that a row whose item and columns are the same isn't drawn again. */
class Row<Item> extends PureComponent<RowProps<Item>> {
  override render(): ReactNode {
    const { columns, item } = this.props;
    return (
      <Table.Tr>
        {columns.map(({ title, cell, numeric }) => (
          <Table.Td
            key={title}
            data-title={title}
            className={numeric === true ? (classes.numeric ?? '') : ''}
          >
            {cell(item)}
          </Table.Td>
        ))}
      </Table.Tr>
    );
  }
}
