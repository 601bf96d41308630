import { useRouter } from '@tanstack/react-router';
import type { RowData } from '@tanstack/react-table';
import {
  Component,
  type CSSProperties,
  createRef,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  type SyntheticEvent,
  useEffect,
  useMemo,
  useState,
} from 'react';
import { leaveFocusOf } from '../../lib/return-focus.ts';
import { useTexts } from '../../text/language.tsx';
import { type Column, phonePart, plainText } from './column.ts';
import classes from './table.module.css';
import { TableHead } from './table-head.tsx';
import type { TableModel } from './use-table-model.ts';

/** Elements that handle clicks and keys themselves. */
const controls = 'a, button, input, select, textarea, label, summary, [role=menuitem]';
const typedInto = 'input:not([type=checkbox]), select, textarea, [aria-haspopup]';

/** The row of an event; null for overlays, which are only React children of a row. */
function rowOf({ target, currentTarget }: SyntheticEvent): HTMLTableRowElement | null {
  if (!(target instanceof Element) || !currentTarget.contains(target)) return null;
  return target.closest<HTMLTableRowElement>('tbody > tr');
}

const linkOf = (row: Element) => row.querySelector<HTMLAnchorElement>('a[data-opens]');
const boxOf = (row: Element) => row.querySelector<HTMLInputElement>('td:first-child > input[type=checkbox]');

/** The row's focusable element: the link that opens it, otherwise its first control. */
const handleOf = (row: Element): HTMLElement | null =>
  linkOf(row) ?? row.querySelector<HTMLElement>('a, button, input');

const isMarkingText = () => document.getSelection()?.isCollapsed === false;

/**
 * A click anywhere in a row follows its link. With a modifier key or the middle button it opens a new tab,
 * as the browser does for the link itself.
 */
function openByClick(event: MouseEvent, go: (href: string) => void): void {
  const row = rowOf(event);
  const link = row === null ? null : linkOf(row);
  if (link === null || !(event.target instanceof Element)) return;
  const isElsewhere = event.button === 1 || event.ctrlKey || event.metaKey || event.shiftKey;
  const control = event.target.closest(controls);
  if (control !== null && (control !== link || isElsewhere)) return;
  if (control === null && isMarkingText()) return;
  if (isElsewhere) window.open(link.href, '_blank', 'noopener');
  else if (event.button === 0) {
    event.preventDefault();
    go(link.getAttribute('href') ?? '');
  }
}

const neighbours: Readonly<Record<string, (row: Element) => Element | null | undefined>> = {
  ArrowDown: (row) => row.nextElementSibling,
  ArrowUp: (row) => row.previousElementSibling,
  Home: (row) => row.parentElement?.firstElementChild,
  End: (row) => row.parentElement?.lastElementChild,
};

/** Arrow keys, Home and End move between rows, Enter opens, Space selects. Form fields keep their keys. */
function moveByKey(event: KeyboardEvent): void {
  const row = rowOf(event);
  const { target, key } = event;
  if (row === null || !(target instanceof Element) || target.matches(typedInto)) return;
  const neighbour = neighbours[key];
  if (neighbour !== undefined) {
    event.preventDefault();
    const next = neighbour(row);
    if (next) handleOf(next)?.focus();
    return;
  }
  if (target.matches('button')) return;
  const box = boxOf(row);
  if (key === ' ' && box !== null && box !== target) {
    event.preventDefault();
    box.click();
  }
  if (key === 'Enter' && target === box) linkOf(row)?.click();
}

/** Shows truncated text in full on hover. */
function sayWhole({ target }: SyntheticEvent): void {
  if (!(target instanceof Element)) return;
  const cell = target.closest<HTMLElement>('td, th');
  if (cell === null || cell.closest('table') === null) return;
  const cut = [cell, ...cell.querySelectorAll('*')].some((part) => part.scrollWidth > part.clientWidth + 1);
  if (cut) cell.title = cell.textContent;
  else cell.removeAttribute('title');
}

interface Identified {
  readonly id: string;
}

/** Rows that can be rendered in one frame without a noticeable delay. */
const step = 100;
const none: ReadonlySet<string> = new Set();

/** The rows already rendered, and the first of the others. */
function within<Row extends Identified>(rows: readonly Row[], drawn: ReadonlySet<string>): readonly Row[] {
  if (rows.length <= step) return rows;
  const fresh = new Set(rows.filter(({ id }) => !drawn.has(id)).slice(0, step));
  return rows.filter((row) => drawn.has(row.id) || fresh.has(row));
}

/**
 * Renders many rows in batches, one per frame, so that the page stays responsive. A rendered row stays
 * rendered, including any dialog it has open.
 */
function useDrawnGradually<Row extends Identified>(rows: readonly Row[]): readonly Row[] {
  const [drawn, setDrawn] = useState(none);
  const shown = useMemo(() => within(rows, drawn), [rows, drawn]);
  useEffect(() => {
    if (rows.length <= step || shown.every(({ id }) => drawn.has(id))) return;
    const frame = requestAnimationFrame(() => setDrawn(new Set(shown.map(({ id }) => id))));
    return () => cancelAnimationFrame(frame);
  }, [rows, shown, drawn]);
  return shown;
}

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

interface Selection {
  readonly isSelected: boolean;
  /** Label of the row's checkbox. */
  readonly title: (name: string) => string;
  readonly onClick: (event: MouseEvent<HTMLInputElement>) => void;
}

interface RowProps<Item> {
  readonly item: Item;
  readonly columns: readonly Column<Item>[];
  /** The page that the row links to. */
  readonly href?: string | undefined;
  /** Set if rows can be selected. */
  readonly selection?: Selection | undefined;
  /** The row's name, for its checkbox. */
  readonly name: (item: Item) => string;
}

const nothing = () => undefined;

/** A row that re-renders only when its item, columns or selection change. */
class TableRow<Item> extends Component<RowProps<Item>> {
  private readonly row = createRef<HTMLTableRowElement>();

  override shouldComponentUpdate({ item, columns, href, selection }: RowProps<Item>): boolean {
    return (
      item !== this.props.item ||
      columns !== this.props.columns ||
      href !== this.props.href ||
      selection?.isSelected !== this.props.selection?.isSelected
    );
  }

  /** What was chosen in the row may remove it from a filtered list. */
  override componentWillUnmount(): void {
    if (this.row.current !== null) leaveFocusOf(this.row.current);
  }

  override render(): ReactNode {
    const { item, columns, href, selection, name } = this.props;
    return (
      <tr ref={this.row} data-opens={href !== undefined || undefined} data-selected={selection?.isSelected}>
        {selection !== undefined && (
          <td className={classes.select} data-phone="select">
            <input
              type="checkbox"
              aria-label={selection.title(name(item))}
              checked={selection.isSelected}
              onClick={selection.onClick}
              onChange={nothing}
            />
          </td>
        )}
        {columns.map((column, place) => (
          <td key={column.id} data-phone={phonePart(column, place)} className={looksOf(column)}>
            {place === 0 && href !== undefined ? (
              // No router `Link`: thousands of them would each subscribe to the location.
              <a href={href} className={classes.link} data-opens>
                {column.cell(item)}
              </a>
            ) : (
              column.cell(item)
            )}
          </td>
        ))}
      </tr>
    );
  }
}

const looksOf = <Item,>({ numeric, grows, actions }: Column<Item>): string =>
  [classes.cell, numeric && classes.numeric, (grows || actions) && classes.grows].filter(Boolean).join(' ');
