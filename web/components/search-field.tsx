import { TextInput, type TextInputProps } from '@mantine/core';
import { useDebouncedValue, useHotkeys } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';
import { useAddressParameter } from '../lib/address.ts';

const typingMilliseconds = 200;

/** A search that stands in the address while one types. `/` goes there from anywhere on the page. */
export function SearchField(props: Pick<TextInputProps, 'label' | 'description'>) {
  const [search, onSearch] = useAddressParameter('search');
  const [typed, setTyped] = useState(search);
  const [settled] = useDebouncedValue(typed, typingMilliseconds);
  const input = useRef<HTMLInputElement>(null);
  const shown = useRef(search);
  useHotkeys([['/', () => input.current?.focus()]]);
  useEffect(() => {
    if (settled === shown.current) return;
    shown.current = settled;
    onSearch(settled);
  }, [settled, onSearch]);
  // Back and forward, and "show all", change the address: the field follows.
  useEffect(() => {
    if (search === shown.current) return;
    shown.current = search;
    setTyped(search);
  }, [search]);
  return (
    <TextInput
      {...props}
      ref={input}
      type="search"
      value={typed}
      onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      w={{ base: '100%', sm: 300 }}
    />
  );
}
