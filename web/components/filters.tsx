import { NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedValue, useHotkeys } from '@mantine/hooks';
import IconSearch from '@tabler/icons-react/icons/IconSearch';
import { useEffect, useId, useRef, useState } from 'react';
import { useAddressParameter } from '../lib/address.ts';
import { useTexts } from '../text/language.tsx';

const typingMilliseconds = 200;

interface SearchProps {
  readonly label: string;
  /** Describes what the search covers. */
  readonly description?: string | undefined;
}

/** A search field whose value is kept in the URL. `/` focuses it from anywhere on the page. */
export function SearchField({ label, description }: SearchProps) {
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
  // Navigation and "show all" change the URL; the field follows.
  useEffect(() => {
    if (search === shown.current) return;
    shown.current = search;
    setTyped(search);
  }, [search]);
  return (
    <TextInput
      aria-label={label}
      placeholder={label}
      title={description}
      leftSection={<IconSearch size={16} aria-hidden />}
      ref={input}
      type="search"
      value={typed}
      onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      w={{ base: '100%', sm: 260 }}
    />
  );
}

/** A filter with fixed choices. */
export interface ChoiceFilter {
  readonly name: string;
  readonly label: string;
  /** Label of the empty choice, if not "all". */
  readonly all?: string;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
}

/** A select whose value is kept in the URL. An invalid value counts as none. */
export function FilterSelect({ name, label, all, choices }: ChoiceFilter) {
  const { common } = useTexts();
  const [value, onValue] = useAddressParameter(name);
  return (
    <NativeSelect
      label={label}
      value={choices.some((choice) => choice.value === value) ? value : ''}
      onChange={({ currentTarget }) => onValue(currentTarget.value)}
      data={[{ value: '', label: all ?? common.all }, ...choices]}
    />
  );
}

/** The filter's parsed value; undefined if it isn't one of the choices. */
export function useFilter<Choice extends string>(
  name: string,
  choices: readonly Choice[],
): Choice | undefined {
  const [value] = useAddressParameter(name);
  return choices.find((choice) => choice === value);
}

interface Suggestion {
  readonly value: string;
  /** What the user reads, chooses and types. */
  readonly label: string;
}

/** A free-text filter. */
export interface TypedFilter {
  readonly name: string;
  readonly label: string;
  readonly placeholder?: string;
  /** Suggested values with labels; other values can be typed. */
  readonly suggestions?: readonly Suggestion[];
  /** Why the text isn't a valid filter; null if it is. */
  readonly refusal?: (text: string) => string | null;
}

const none: readonly Suggestion[] = [];
const fine = () => null;
const comparable = (text: string) => text.trim().toLowerCase();

/**
 * The value that the text stands for: the one whose label it equals or uniquely begins, otherwise the text
 * itself.
 */
function meant(text: string, suggestions: readonly Suggestion[]): string {
  const typed = comparable(text);
  if (typed === '') return '';
  const exact = suggestions.find(({ label }) => comparable(label) === typed);
  const begun = suggestions.filter(({ label }) => comparable(label).startsWith(typed));
  return (exact ?? (begun.length === 1 ? begun[0] : undefined))?.value ?? text.trim();
}

/** A free-text filter kept in the URL; applied on Enter, on blur, or when a suggestion is chosen. */
export function TextFilter({
  name,
  label,
  placeholder = '',
  suggestions = none,
  refusal = fine,
}: TypedFilter) {
  const listId = useId();
  const [value, onValue] = useAddressParameter(name);
  const shown = suggestions.find((one) => one.value === value)?.label ?? value;
  const [typed, setTyped] = useState(shown);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    setTyped(shown);
    setProblem(null);
  }, [shown]);
  const take = (text: string) => {
    const next = meant(text, suggestions);
    const wrong = next === '' ? null : refusal(next);
    setProblem(wrong);
    if (wrong === null && next !== value) onValue(next);
  };
  const isWhole = (text: string) => suggestions.some((one) => one.label === text);
  return (
    <>
      <TextInput
        label={label}
        placeholder={placeholder}
        value={typed}
        error={problem}
        {...(suggestions.length > 0 ? { list: listId } : {})}
        onChange={({ currentTarget }) => {
          setTyped(currentTarget.value);
          if (isWhole(currentTarget.value)) take(currentTarget.value);
        }}
        onBlur={() => take(typed)}
        onKeyDown={({ key }) => {
          if (key === 'Enter') take(typed);
        }}
        w={{ base: '47%', sm: 170 }}
      />
      {suggestions.length > 0 && (
        <datalist id={listId}>
          {suggestions.map((one) => (
            <option key={one.value} value={one.label} />
          ))}
        </datalist>
      )}
    </>
  );
}
