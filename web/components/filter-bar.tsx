import { Button, Group, Popover, Stack } from '@mantine/core';
import IconFilter from '@tabler/icons-react/icons/IconFilter';
import IconX from '@tabler/icons-react/icons/IconX';
import { useAddress, useAddressParameter, useSetAddress } from '../lib/address.ts';
import { useTexts } from '../text/language.tsx';
import { type ChoiceFilter, FilterSelect, SearchField, TextFilter, type TypedFilter } from './filters.tsx';

/** A filter, as data: a choice or free text. */
export type Filter = ChoiceFilter | (TypedFilter & { readonly typed: true });

export interface FilterBarProps {
  readonly search?: { readonly label: string; readonly description?: string } | undefined;
  readonly filters?: readonly Filter[] | undefined;
}

const none: readonly Filter[] = [];

/** The toolbar of a list: a search field, the available filters, and a removable chip for each active one. */
export function FilterBar({ search, filters = none }: FilterBarProps) {
  return (
    <Group gap="xs" data-filters>
      {search !== undefined && <SearchField {...search} />}
      {filters.length > 0 && <FilterMenu filters={filters} />}
      {filters.map((filter) => (
        <Chip key={filter.name} filter={filter} />
      ))}
      {filters.length > 1 && <ClearAll filters={filters} />}
    </Group>
  );
}

function FilterMenu({ filters }: { readonly filters: readonly Filter[] }) {
  const { table } = useTexts();
  return (
    <Popover position="bottom-start" trapFocus hideDetached={false} width={260}>
      <Popover.Target>
        <Button variant="default" leftSection={<IconFilter size={16} aria-hidden />}>
          {table.filter}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs">
          {filters.map((filter) =>
            'typed' in filter ? (
              <TextFilter key={filter.name} {...filter} />
            ) : (
              <FilterSelect key={filter.name} {...filter} />
            ),
          )}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

/** The label of a filter's value; undefined if it isn't a valid value. */
function labelOf(filter: Filter, value: string): string | undefined {
  if (value === '') return undefined;
  if (!('typed' in filter)) return filter.choices.find((choice) => choice.value === value)?.label;
  return filter.suggestions?.find((one) => one.value === value)?.label ?? value;
}

function Chip({ filter }: { readonly filter: Filter }) {
  const { table } = useTexts();
  const [value, onValue] = useAddressParameter(filter.name);
  const label = labelOf(filter, value);
  if (label === undefined) return null;
  const words = table.chip(filter.label, label);
  return (
    <Button
      size="xs"
      radius="xl"
      data-chip
      variant="light"
      maw={260}
      rightSection={<IconX size={14} aria-hidden />}
      aria-label={table.removeFilter(words)}
      onClick={() => onValue('')}
    >
      {words}
    </Button>
  );
}

/** Removes all filters, if there are several. */
function ClearAll({ filters }: { readonly filters: readonly Filter[] }) {
  const { table } = useTexts();
  const set = useSetAddress();
  const given = useAddress();
  const isSet = ({ name }: Filter) => (given[name] ?? '') !== '';
  if (filters.filter(isSet).length < 2) return null;
  return (
    <Button
      size="xs"
      variant="subtle"
      data-chip
      onClick={() => set(Object.fromEntries(filters.map(({ name }) => [name, ''])))}
    >
      {table.clearFilters}
    </Button>
  );
}
