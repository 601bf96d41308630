import {
  columnVisibilityFeature,
  createSortedRowModel,
  functionalUpdate,
  type Row,
  type RowData,
  rowSelectionFeature,
  rowSortingFeature,
  type SortingState,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useMemo, useState } from 'react';
import { type Column, orderOf } from './column.ts';
import type { Order } from './order.ts';

const features = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  columnVisibilityFeature,
  rowSelectionFeature,
});

/** Sorts names ignoring case, and "Team 2" before "Team 10". */
const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

function compare(one: unknown, other: unknown): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  return collator.compare(String(one), String(other));
}

const compareRows = <Item extends RowData>(
  a: Row<typeof features, Item>,
  b: Row<typeof features, Item>,
  columnId: string,
) => compare(a.getValue(columnId), b.getValue(columnId));

/** Maps a column to the library's definition. There, `undefined` sorts last in either direction. */
const definitionOf = <Item extends RowData>(column: Column<Item>, isComplete: boolean) => ({
  id: column.id,
  accessorFn: (item: Item) =>
    typeof column.sort === 'function' ? (column.sort(item) ?? undefined) : undefined,
  enableSorting: typeof column.sort === 'string' || (column.sort !== undefined && isComplete),
  enableHiding: column.actions !== true,
  sortFn: compareRows<Item>,
  sortUndefined: 'last' as const,
  sortDescFirst: column.numeric === true,
});

export interface ModelOptions<Item> {
  readonly columns: readonly Column<Item>[];
  readonly items: readonly Item[];
  readonly keyOf: (item: Item) => string;
  /** Whether all items are loaded. Only then are they sorted here; sorting a part would be misleading. */
  readonly isComplete: boolean;
  readonly order: Order | null;
  readonly onOrder: (order: Order | null) => void;
  /** Visibility by column id. */
  readonly visibility: Readonly<Record<string, boolean>>;
}

/**
 * The headless table: order of rows, columns and selection. With a server-side order, rows are already
 * sorted and the header only shows it.
 */
export function useTableModel<Item extends RowData>(options: ModelOptions<Item>) {
  const { columns, items, keyOf, isComplete, order, onOrder, visibility } = options;
  const [rowSelection, setRowSelection] = useState<Record<string, true>>({});
  const definitions = useMemo(
    () => columns.map((column) => definitionOf(column, isComplete)),
    [columns, isComplete],
  );
  const sorted = columns.find((column) => orderOf(column) === order?.by);
  const isOffered = typeof sorted?.sort === 'string' || (sorted?.sort !== undefined && isComplete);
  const sorting: SortingState =
    sorted === undefined || !isOffered ? [] : [{ id: sorted.id, desc: order?.down === true }];
  const table = useTable({
    features,
    columns: definitions,
    data: items,
    getRowId: keyOf,
    enableMultiSort: false,
    manualSorting: typeof sorted?.sort === 'string',
    state: { sorting, rowSelection, columnVisibility: visibility },
    onRowSelectionChange: setRowSelection,
    onSortingChange: (updater) => {
      const [next] = functionalUpdate(updater, sorting);
      const column = columns.find(({ id }) => id === next?.id);
      onOrder(next === undefined || column === undefined ? null : { by: orderOf(column), down: next.desc });
    },
  });
  const leaves = table.getVisibleLeafColumns();
  const shown = useMemo(
    () => leaves.flatMap((leaf) => columns.find(({ id }) => id === leaf.id) ?? []),
    [leaves, columns],
  );
  const { rows } = table.getRowModel();
  const selected = useMemo(
    () => items.filter((item) => rowSelection[keyOf(item)] === true),
    [items, rowSelection, keyOf],
  );
  return { table, shown, rows, selected, select: setRowSelection };
}

/** The return value of `useTableModel`. */
export type TableModel<Item extends RowData> = ReturnType<typeof useTableModel<Item>>;
