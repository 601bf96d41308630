import type { RowData } from '@tanstack/react-table';
import { useState } from 'react';
import type { Column } from './column.ts';
import type { Order } from './order.ts';
import { TableView } from './table-view.tsx';
import { useTableModel } from './use-table-model.ts';

interface Props<Item extends RowData> {
  readonly label: string;
  readonly columns: readonly Column<Item>[];
  readonly items: readonly Item[];
  readonly keyOf: (item: Item) => string;
  /** The page that a row links to. */
  readonly hrefOf?: (item: Item) => string;
}

const allColumns = {};

/** A table of a complete list, as part of a page. For a page's main list, use `ListTable`. */
export function DataTable<Item extends RowData>({ label, columns, items, keyOf, hrefOf }: Props<Item>) {
  const [order, setOrder] = useState<Order | null>(null);
  const model = useTableModel({
    columns,
    items,
    keyOf,
    isComplete: true,
    order,
    onOrder: setOrder,
    visibility: allColumns,
  });
  return <TableView label={label} model={model} hrefOf={hrefOf} />;
}
