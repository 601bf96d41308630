import { TextInput } from '@mantine/core';
import { useEffect, useId, useState } from 'react';
import { type AddressParameter, useAddressParameter } from '../lib/address.ts';

export interface Suggestion {
  readonly value: string;
  /** What the value is called: what one reads, chooses and types. */
  readonly label: string;
}

interface Props {
  readonly name: AddressParameter;
  readonly label: string;
  readonly placeholder?: string;
  /** Values to choose from by their labels; others may be typed as they are. */
  readonly suggestions?: readonly Suggestion[];
  /** Why a text is no filter; null when it is one. */
  readonly refusal?: (text: string) => string | null;
}

const none: readonly Suggestion[] = [];
const fine = () => null;
const comparable = (text: string) => text.trim().toLowerCase();

/** The value that a text means: that of the one label it is, or is the beginning of; else the text itself. */
function meant(text: string, suggestions: readonly Suggestion[]): string {
  const typed = comparable(text);
  if (typed === '') return '';
  const exact = suggestions.find(({ label }) => comparable(label) === typed);
  const begun = suggestions.filter(({ label }) => comparable(label).startsWith(typed));
  return (exact ?? (begun.length === 1 ? begun[0] : undefined))?.value ?? text.trim();
}

/**
 * A filter of free text that stands in the address; taken on Enter, when the field is left, or as it is
 * chosen.
 */
export function TextFilter({ name, label, placeholder = '', suggestions = none, refusal = fine }: Props) {
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
