import { TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { type AddressParameter, useAddressParameter } from '../lib/address.ts';

interface Props {
  readonly name: AddressParameter;
  readonly label: string;
  readonly placeholder?: string;
  readonly type?: 'text' | 'date';
}

/** A filter of free text or a date that stands in the address; taken on Enter, or when the field is left. */
export function TextFilter({ name, label, placeholder = '', type = 'text' }: Props) {
  const [value, onValue] = useAddressParameter(name);
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  const take = () => {
    if (typed.trim() !== value) onValue(typed.trim());
  };
  return (
    <TextInput
      label={label}
      placeholder={placeholder}
      type={type}
      value={typed}
      onChange={({ currentTarget }) => {
        setTyped(currentTarget.value);
        if (type === 'date') onValue(currentTarget.value);
      }}
      onBlur={take}
      onKeyDown={({ key }) => {
        if (key === 'Enter') take();
      }}
      w={{ base: '47%', sm: 170 }}
    />
  );
}
