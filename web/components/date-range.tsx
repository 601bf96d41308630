import { TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { isYearAtMost } from '../../domain/usage/usage.schema.ts';
import { useAddressDates, useSetAddress } from '../lib/address.ts';
import { isDate } from '../lib/dates.ts';
import { useTexts } from '../text/language.tsx';

interface Dates {
  readonly from: string;
  readonly to: string;
}

interface Props {
  /** The default where the URL has no date. */
  readonly otherwise?: Dates;
  /** Whether the range is limited to one year. */
  readonly yearAtMost?: boolean;
  readonly width?: { readonly base: string; readonly sm: number };
}

const none: Dates = { from: '', to: '' };

/** The start and end date, kept in the URL once both are valid; until then the field explains the problem. */
export function DateRange({ otherwise = none, yearAtMost = false, width }: Props) {
  const { dates } = useTexts().common;
  const given = useAddressDates();
  const set = useSetAddress();
  const [shownFrom, shownTo] = [given.from || otherwise.from, given.to || otherwise.to];
  const [typed, setTyped] = useState<Dates>({ from: shownFrom, to: shownTo });
  // The field changed last gets the error.
  const [last, setLast] = useState<keyof Dates>('to');
  const [isLeft, setLeft] = useState(false);
  useEffect(() => setTyped({ from: shownFrom, to: shownTo }), [shownFrom, shownTo]);
  const isWrong = (date: string) => date !== '' && !isDate(date);
  const isReversed = ({ from, to }: Dates) => from !== '' && to !== '' && to < from;
  const isLong = (range: Dates) => yearAtMost && !isReversed(range) && !isYearAtMost(range);
  const change = (name: keyof Dates, value: string) => {
    const next = { ...typed, [name]: value };
    setTyped(next);
    setLast(name);
    setLeft(false);
    if (isWrong(next.from) || isWrong(next.to) || isReversed(next) || isLong(next)) return;
    set({ from: next.from, to: next.to });
  };
  const problem = (name: keyof Dates) => {
    // While a year is being typed, the date is temporarily in other years.
    if (isWrong(typed[name])) return isLeft || name !== last ? dates.outside : null;
    if (isWrong(typed.from) || isWrong(typed.to) || name !== last) return null;
    if (isLong(typed)) return dates.tooLong;
    if (!isReversed(typed)) return null;
    return name === 'to' ? dates.endsBefore : dates.beginsAfter;
  };
  const field = (name: keyof Dates, label: string) => (
    <TextInput
      label={label}
      type="date"
      value={typed[name]}
      error={problem(name)}
      onChange={({ currentTarget }) => change(name, currentTarget.value)}
      onBlur={() => setLeft(true)}
      {...(width === undefined ? {} : { w: width })}
    />
  );
  return (
    <>
      {field('from', dates.from)}
      {field('to', dates.to)}
    </>
  );
}
