import { useRouter } from '@tanstack/react-router';
import type { RowData } from '@tanstack/react-table';
import type { CSSProperties, MouseEvent } from 'react';
import { useTexts } from '../../text/language.tsx';
import { type Column, plainText } from './column.ts';
import { useDrawnGradually } from './gradual.ts';
import { moveByKey, openByClick, sayWhole } from './row-events.ts';
import classes from './table.module.css';
import { TableHead } from './table-head.tsx';
import { TableRow } from './table-row.tsx';
import type { TableModel } from './use-table-model.ts';

interface Props<Item extends RowData> {
  readonly label: string;
  readonly model: TableModel<Item>;
  readonly hrefOf?: ((item: Item) => string) | undefined;
  readonly selects?: boolean;
  /** Keeps the header visible while scrolling. */
  readonly sticky?: boolean;
}

/** Up to this many rows, layout takes no noticeable time. */
const few = 50;
const selectWidth = 40;

const widthOf = <Item,>({ width }: Column<Item>, place: number): string => {
  if (typeof width === 'number') return `${width}px`;
  return `minmax(0, ${width ?? (place === 0 ? '1.4fr' : '1fr')})`;
};

/** The rendered table: rows of one line, or cards on narrow screens. */
export function TableView<Item extends RowData>({
  label,
  model,
  hrefOf,
  selects = false,
  sticky = false,
}: Props<Item>) {
  const { selectOne } = useTexts().table;
  const { table, shown, rows } = model;
  const drawn = useDrawnGradually(rows);
  const { history } = useRouter();
  const open = (event: MouseEvent) => openByClick(event, (href) => history.push(href));
  const widths = shown.map(widthOf);
  const style: CSSProperties & Record<'--columns', string> = {
    '--columns': (selects ? [`${selectWidth}px`, ...widths] : widths).join(' '),
  };
  const [first] = shown;
  const name = (item: Item) => (first === undefined ? '' : plainText(first, item));
  const looks = [classes.table, sticky && classes.sticky, rows.length > few && classes.many];
  return (
    <table
      className={looks.filter(Boolean).join(' ')}
      aria-label={label}
      style={style}
      onMouseOver={sayWhole}
      onFocus={sayWhole}
    >
      <TableHead model={model} selects={selects} />
      <tbody onClick={open} onAuxClick={open} onKeyDown={moveByKey}>
        {drawn.map(({ id, original }) => (
          <TableRow
            key={id}
            item={original}
            columns={shown}
            name={name}
            href={hrefOf?.(original)}
            selection={
              selects
                ? {
                    isSelected: table.state.rowSelection[id] === true,
                    title: selectOne,
                    // Looked up by id: row objects are recreated with every loaded page.
                    onClick: (event) => table.getRow(id).getToggleSelectedHandler()(event),
                  }
                : undefined
            }
          />
        ))}
      </tbody>
    </table>
  );
}
