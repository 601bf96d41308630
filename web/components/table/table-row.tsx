import { Component, createRef, type MouseEvent, type ReactNode } from 'react';
import { leaveFocusOf } from '../../lib/return-focus.ts';
import { type Column, phonePart } from './column.ts';
import classes from './table.module.css';

interface Selection {
  readonly isSelected: boolean;
  /** Label of the row's checkbox. */
  readonly title: (name: string) => string;
  readonly onClick: (event: MouseEvent<HTMLInputElement>) => void;
}

interface Props<Item> {
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
export class TableRow<Item> extends Component<Props<Item>> {
  private readonly row = createRef<HTMLTableRowElement>();

  override shouldComponentUpdate({ item, columns, href, selection }: Props<Item>): boolean {
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
