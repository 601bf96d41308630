import { Checkbox, Group, Menu, NativeSelect, Popover, Stack, Text } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import IconArrowDown from '@tabler/icons-react/icons/IconArrowDown';
import IconArrowsSort from '@tabler/icons-react/icons/IconArrowsSort';
import IconArrowUp from '@tabler/icons-react/icons/IconArrowUp';
import IconColumns3 from '@tabler/icons-react/icons/IconColumns3';
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import type { RowData } from '@tanstack/react-table';
import { type ReactNode, useMemo } from 'react';
import * as z from 'zod/mini';
import { useFormats, useTexts } from '../../text/language.tsx';
import { FilterBar, type FilterBarProps } from '../filter-bar.tsx';
import { MenuItem } from '../menu-item.tsx';
import { MainActions } from '../page.tsx';
import { type ListPage, PagedList } from '../query-view.tsx';
import { Loading } from '../states.tsx';
import { type BulkAction, BulkBar } from './bulk-actions.tsx';
import type { Column } from './column.ts';
import { CsvButton, ToolButton } from './csv-button.tsx';
import classes from './list-table.module.css';
import { readOrder, useAddressOrder } from './order.ts';
import { type PageSize, pageSizes } from './page-size.ts';
import { useIsPhone } from './table-head.tsx';
import { TableView } from './table-view.tsx';
import { type TableModel, useTableModel } from './use-table-model.ts';

const arrows = { asc: <IconArrowUp size={16} aria-hidden />, desc: <IconArrowDown size={16} aria-hidden /> };

/** Sorts cards, which have no column headers. */
function SortMenu<Item extends RowData>({ model: { table, shown } }: { readonly model: TableModel<Item> }) {
  const { sort } = useTexts().table;
  const isPhone = useIsPhone();
  const sortable = shown.filter(({ id }) => table.getColumn(id)?.getCanSort() === true);
  if (!isPhone || sortable.length === 0) return null;
  return (
    <Menu position="bottom-end" hideDetached={false}>
      <Menu.Target>
        <ToolButton label={sort}>
          <IconArrowsSort size={18} aria-hidden />
        </ToolButton>
      </Menu.Target>
      <Menu.Dropdown>
        {sortable.map(({ id, title }) => {
          const column = table.getColumn(id);
          const sorted = column?.getIsSorted() || undefined;
          return (
            <MenuItem
              key={id}
              onClick={() => column?.toggleSorting()}
              rightSection={sorted === undefined ? null : arrows[sorted]}
            >
              {title}
            </MenuItem>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}

const Choices = z.catch(z.record(z.string(), z.boolean()), {});
type Choices = z.infer<typeof Choices>;

/** The stored value may have been edited by anyone. */
function readChoices(text: string | undefined): Choices {
  try {
    return Choices.parse(JSON.parse(text ?? '{}'));
  } catch {
    return {};
  }
}

/** The visible columns of a table, stored in this browser under the table's name. */
function useColumnChoice<Item>(name: string, columns: readonly Column<Item>[]) {
  const [chosen, setChosen] = useLocalStorage<Choices>({
    key: `mtcms-columns-${name}`,
    defaultValue: {},
    getInitialValueInEffect: false,
    deserialize: readChoices,
  });
  const visibility = useMemo(
    () =>
      Object.fromEntries(
        columns.map(({ id, hidden = false }, place) => [id, place === 0 || (chosen[id] ?? !hidden)]),
      ),
    [columns, chosen],
  );
  const choose = (id: string, shown: boolean) => setChosen({ ...chosen, [id]: shown });
  return { visibility, choose };
}

interface ColumnChooserProps<Item> {
  readonly columns: readonly Column<Item>[];
  readonly choice: ReturnType<typeof useColumnChoice>;
  readonly pageSize?: PageSize | undefined;
}

/** Chooses the columns of a list and its page size. */
function ColumnChooser<Item>({
  columns,
  choice: { visibility, choose },
  pageSize,
}: ColumnChooserProps<Item>) {
  const { table } = useTexts();
  return (
    <Popover position="bottom-end" trapFocus hideDetached={false}>
      <Popover.Target>
        <ToolButton label={table.columns}>
          <IconColumns3 size={18} aria-hidden />
        </ToolButton>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs">
          {columns
            .slice(1)
            .map(
              ({ id, title, actions }) =>
                actions !== true && (
                  <Checkbox
                    key={id}
                    label={title}
                    checked={visibility[id] === true}
                    onChange={({ currentTarget }) => choose(id, currentTarget.checked)}
                  />
                ),
            )}
          {pageSize !== undefined && (
            <NativeSelect
              label={table.rowsPerPage}
              value={String(pageSize.rows)}
              data={pageSizes.map(String)}
              onChange={({ currentTarget }) => pageSize.setRows(Number(currentTarget.value))}
            />
          )}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

interface Props<Item extends RowData> extends FilterBarProps {
  readonly label: string;
  /** Key for stored column choices, and name of the CSV file. */
  readonly name: string;
  readonly columns: readonly Column<Item>[];
  readonly query: UseInfiniteQueryResult<InfiniteData<ListPage<Item>>, Error>;
  readonly keyOf: (item: Item) => string;
  /** The page that a row links to. */
  readonly hrefOf?: ((item: Item) => string) | undefined;
  /** Actions for several rows; rows can be selected if there are any. */
  readonly bulk?: readonly BulkAction<Item>[];
  /** The server's default order, as in the URL. */
  readonly usualOrder?: string;
  /** The total number of items, if the server returns it. */
  readonly total?: number | undefined;
  readonly pageSize?: PageSize;
  /** Buttons on the right, such as the one that creates an item. */
  readonly actions?: ReactNode;
  /** Replaces the default CSV button. */
  readonly csv?: ReactNode;
  /** Shown when there are no rows: the next step, or `NoMatch` under a filter. */
  readonly empty: ReactNode;
}

const noActions: readonly never[] = [];

/**
 * A page's main list: filters in the URL, configurable columns, sorting, selection, CSV export and paging.
 */
export function ListTable<Item extends RowData>(props: Props<Item>) {
  const { label, name, columns, query, keyOf, hrefOf, bulk = noActions, usualOrder = '', empty } = props;
  const [order, setOrder] = useAddressOrder();
  const choice = useColumnChoice(name, columns);
  const items = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const model = useTableModel({
    columns,
    items,
    keyOf,
    isComplete: !query.hasNextPage,
    order: order ?? readOrder(usualOrder),
    onOrder: setOrder,
    visibility: choice.visibility,
  });
  const { selected, select } = model;
  const isSelecting = selected.length > 0;
  const isEmpty = query.isSuccess && items.length === 0;
  return (
    <Stack gap="sm">
      <div className={classes.bar}>
        <Group gap="xs" inert={isSelecting}>
          <FilterBar search={props.search} filters={props.filters} />
          <Group gap="xs" ml="auto">
            {items.length > 0 && <Count props={props} count={items.length} />}
            <SortMenu model={model} />
            {items.length > 0 &&
              (props.csv ?? <CsvButton name={name} columns={model.shown} items={rowsOf(model.rows)} />)}
            {!isEmpty && <ColumnChooser columns={columns} choice={choice} pageSize={props.pageSize} />}
            <MainActions>{props.actions}</MainActions>
          </Group>
        </Group>
        {isSelecting && (
          <BulkBar
            selected={selected}
            actions={bulk}
            onSelectAll={() => model.table.toggleAllRowsSelected(true)}
            onSelect={(kept) => select(Object.fromEntries(kept.map((item) => [keyOf(item), true as const])))}
          />
        )}
      </div>
      <PagedList query={query} empty={empty} loading={<Waiting />}>
        {() => <TableView label={label} model={model} hrefOf={hrefOf} selects={bulk.length > 0} sticky />}
      </PagedList>
    </Stack>
  );
}

const rowsOf = <Item,>(rows: readonly { readonly original: Item }[]): readonly Item[] =>
  rows.map(({ original }) => original);

const waitingRows = 8;

const Waiting = () => (
  <div className={classes.waiting}>
    <Loading rows={waitingRows} />
  </div>
);

interface CountProps {
  readonly props: { readonly total?: number | undefined; readonly query: { readonly hasNextPage: boolean } };
  readonly count: number;
}

/** The number of rows, or how many of them are shown. */
function Count({ props: { total, query }, count }: CountProps) {
  const { table } = useTexts();
  const { number } = useFormats();
  const words = () => {
    if (!query.hasNextPage) return table.count(number(count), count === 1);
    return total === undefined
      ? table.countSoFar(number(count))
      : table.countOf(number(count), number(total));
  };
  return (
    <Text size="sm" c="dimmed" aria-live="polite" visibleFrom="sm">
      {words()}
    </Text>
  );
}
