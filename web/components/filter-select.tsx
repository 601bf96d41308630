import { NativeSelect } from '@mantine/core';
import { type AddressParameter, useAddressParameter } from '../lib/address.ts';

interface FilterProps {
  readonly name: AddressParameter;
  readonly label: string;
  /** What no choice is called. */
  readonly all: string;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
}

/** A filter that stands in the address. A value that is no choice is as good as none. */
export function FilterSelect({ name, label, all, choices }: FilterProps) {
  const [value, onValue] = useAddressParameter(name);
  return (
    <NativeSelect
      label={label}
      value={choices.some((choice) => choice.value === value) ? value : ''}
      onChange={({ currentTarget }) => onValue(currentTarget.value)}
      data={[{ value: '', label: all }, ...choices]}
      w={{ base: '47%', sm: 170 }}
    />
  );
}

/** The value of a filter, parsed; undefined when it is none of the choices. */
export function useFilter<Choice extends string>(
  name: AddressParameter,
  choices: readonly Choice[],
): Choice | undefined {
  const [value] = useAddressParameter(name);
  return choices.find((choice) => choice === value);
}
