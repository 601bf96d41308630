import { type ComboboxData, Select } from '@mantine/core';
import { useAddressParameter } from '../../lib/address.ts';
import { useTexts } from '../../text/language.tsx';

export interface Choice {
  readonly value: string;
  readonly label: string;
}

export interface ChoiceGroup {
  readonly group: string;
  readonly items: readonly Choice[];
}

interface Props {
  /** Of the parameter of the address. */
  readonly name: string;
  readonly label: string;
  readonly groups: readonly ChoiceGroup[];
  /** What a value is called that is no choice, such as one of an old link. */
  readonly nameOf: (value: string) => string;
  /** What is typed, where the choices follow from it; otherwise they are searched here. */
  readonly onSearch?: (text: string) => void;
  readonly width?: number;
}

/** A filter of the address that is picked by its name. */
export function Picker({ name, label, groups, nameOf, onSearch, width = 180 }: Props) {
  const { audit } = useTexts();
  const [value, onValue] = useAddressParameter(name);
  const isKnown = groups.some(({ items }) => items.some((item) => item.value === value));
  const filled = groups.filter(({ items }) => items.length > 0);
  const all = filled.map(({ group, items }) => ({ group, items: [...items] }));
  const data: ComboboxData = value === '' || isKnown ? all : [{ value, label: nameOf(value) }, ...all];
  return (
    <Select
      aria-label={label}
      placeholder={label}
      value={value === '' ? null : value}
      onChange={(next) => onValue(next ?? '')}
      data={data}
      searchable
      clearable
      {...(onSearch === undefined ? {} : { onSearchChange: onSearch, filter: ({ options }) => options })}
      nothingFoundMessage={audit.nothingFound}
      maxDropdownHeight={360}
      comboboxProps={{ width: 280, position: 'bottom-start', hideDetached: false }}
      w={{ base: '47%', sm: width }}
    />
  );
}
