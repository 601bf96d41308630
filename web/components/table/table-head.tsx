import { useMediaQuery } from '@mantine/hooks';
import IconArrowDown from '@tabler/icons-react/icons/IconArrowDown';
import IconArrowsSort from '@tabler/icons-react/icons/IconArrowsSort';
import IconArrowUp from '@tabler/icons-react/icons/IconArrowUp';
import type { RowData } from '@tanstack/react-table';
import { useTexts } from '../../text/language.tsx';
import { type Column, phonePart } from './column.ts';
import classes from './table.module.css';
import type { TableModel } from './use-table-model.ts';

const icons = { asc: IconArrowUp, desc: IconArrowDown, none: IconArrowsSort };
const directions = { asc: 'ascending', desc: 'descending' } as const;

/** Whether rows are shown as cards: on screens as narrow as a phone. */
export const useIsPhone = (): boolean =>
  useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });

interface Props<Item extends RowData> {
  readonly model: TableModel<Item>;
  readonly selects: boolean;
}

/** The column headers; sortable ones are buttons. Cards have a menu instead. */
export function TableHead<Item extends RowData>({ model, selects }: Props<Item>) {
  const isPhone = useIsPhone();
  return (
    <thead className={classes.head}>
      <tr>
        {selects && (
          <th scope="col" className={classes.select} data-phone="select">
            <SelectAll model={model} />
          </th>
        )}
        {model.shown.map((column, place) => (
          <Title key={column.id} model={model} column={column} place={place} isPhone={isPhone} />
        ))}
      </tr>
    </thead>
  );
}

function SelectAll<Item extends RowData>({ model: { table } }: Pick<Props<Item>, 'model'>) {
  const { selectAll } = useTexts().table;
  const isAll = table.getIsAllRowsSelected();
  return (
    <input
      type="checkbox"
      aria-label={selectAll}
      checked={isAll}
      ref={(box) => {
        if (box !== null) box.indeterminate = !isAll && table.getIsSomeRowsSelected();
      }}
      onChange={() => table.toggleAllRowsSelected(!isAll)}
    />
  );
}

interface TitleProps<Item extends RowData> extends Pick<Props<Item>, 'model'> {
  readonly column: Column<Item>;
  readonly place: number;
  readonly isPhone: boolean;
}

function Title<Item extends RowData>({ model: { table }, column, place, isPhone }: TitleProps<Item>) {
  const { id, title, numeric = false, actions = false } = column;
  const sorter = table.getColumn(id);
  const sorted = sorter?.getIsSorted() || undefined;
  const Icon = icons[sorted ?? 'none'];
  const name = actions ? <span className="visually-hidden">{title}</span> : title;
  return (
    <th
      scope="col"
      data-phone={phonePart(column, place)}
      className={numeric ? classes.numeric : undefined}
      aria-sort={sorted === undefined ? undefined : directions[sorted]}
    >
      {sorter?.getCanSort() === true && !isPhone ? (
        <button type="button" className={classes.sort} onClick={sorter.getToggleSortingHandler()}>
          <span className={classes.cut}>{title}</span>
          <Icon size={14} aria-hidden className={classes.arrow} data-sorted={sorted} />
        </button>
      ) : (
        name
      )}
    </th>
  );
}
