import { Checkbox, NativeSelect, Popover, Stack } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import IconColumns3 from '@tabler/icons-react/icons/IconColumns3';
import { useMemo } from 'react';
import * as z from 'zod/mini';
import { useTexts } from '../../text/language.tsx';
import type { Column } from './column.ts';
import { type PageSize, pageSizes } from './page-size.ts';
import { ToolButton } from './tool-button.tsx';

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
export function useColumnChoice<Item>(name: string, columns: readonly Column<Item>[]) {
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

interface Props<Item> {
  readonly columns: readonly Column<Item>[];
  readonly choice: ReturnType<typeof useColumnChoice>;
  readonly pageSize?: PageSize | undefined;
}

/** Chooses the columns of a list and its page size. */
export function ColumnChooser<Item>({ columns, choice: { visibility, choose }, pageSize }: Props<Item>) {
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
