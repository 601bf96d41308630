import { TextInput } from '@mantine/core';
import { useEffect, useId, useState } from 'react';
import { type AddressParameter, useAddressParameter } from '../lib/address.ts';

export interface Suggestion {
  readonly value: string;
  /** What the value stands for. */
  readonly label: string;
}

interface Props {
  readonly name: AddressParameter;
  readonly label: string;
  readonly placeholder?: string;
  readonly type?: 'text' | 'date';
  /** Values to choose from; others may be typed. */
  readonly suggestions?: readonly Suggestion[];
}

const none: readonly Suggestion[] = [];

/** A filter of free text or a date that stands in the address; taken on Enter, when the field is left, or as it is chosen. */
export function TextFilter({ name, label, placeholder = '', type = 'text', suggestions = none }: Props) {
  const listId = useId();
  const [value, onValue] = useAddressParameter(name);
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  const take = () => {
    if (typed.trim() !== value) onValue(typed.trim());
  };
  const chosen = (text: string) => type === 'date' || suggestions.some(({ value: one }) => one === text);
  return (
    <>
      <TextInput
        label={label}
        placeholder={placeholder}
        type={type}
        value={typed}
        {...(suggestions.length > 0 ? { list: listId } : {})}
        onChange={({ currentTarget }) => {
          setTyped(currentTarget.value);
          if (chosen(currentTarget.value)) onValue(currentTarget.value);
        }}
        onBlur={take}
        onKeyDown={({ key }) => {
          if (key === 'Enter') take();
        }}
        w={{ base: '47%', sm: 170 }}
      />
      {suggestions.length > 0 && (
        <datalist id={listId}>
          {suggestions.map(({ value: one, label: meaning }) => (
            <option key={one} value={one}>
              {meaning}
            </option>
          ))}
        </datalist>
      )}
    </>
  );
}
