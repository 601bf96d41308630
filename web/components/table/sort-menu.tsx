import { Menu } from '@mantine/core';
import IconArrowDown from '@tabler/icons-react/icons/IconArrowDown';
import IconArrowsSort from '@tabler/icons-react/icons/IconArrowsSort';
import IconArrowUp from '@tabler/icons-react/icons/IconArrowUp';
import type { RowData } from '@tanstack/react-table';
import { useTexts } from '../../text/language.tsx';
import { MenuItem } from '../menu-item.tsx';
import { useIsPhone } from './table-head.tsx';
import { ToolButton } from './tool-button.tsx';
import type { TableModel } from './use-table-model.ts';

const arrows = { asc: <IconArrowUp size={16} aria-hidden />, desc: <IconArrowDown size={16} aria-hidden /> };

/** Sorts cards, which have no column headers. */
export function SortMenu<Item extends RowData>({
  model: { table, shown },
}: {
  readonly model: TableModel<Item>;
}) {
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
