import { Group, NativeSelect, SegmentedControl } from '@mantine/core';
import type { ReactNode } from 'react';
import { Comparison, Grain, type GrainAsked } from '../../../domain/analytics/analytics.schema.ts';
import { DateRange } from '../../components/date-range.tsx';
import { useAddressDates, useAddressParameter, useSetAddress } from '../../lib/address.ts';
import { daysAgo, quarterBegins } from '../../lib/dates.ts';
import { useTexts } from '../../text/language.tsx';

const ranges = ['7', '30', '90', 'quarter', 'custom'] as const;
type Range = (typeof ranges)[number];

const comparisons = [...Comparison.options, 'none'] as const;

/** A period from the URL, its comparison, and the steps it is shown in. */
export interface PeriodAsked {
  readonly range: Range;
  readonly from: string;
  readonly to: string;
  readonly by: GrainAsked;
  readonly compare: (typeof comparisons)[number];
}

const usualRange: Range = '90';

/** Start and end date of the choice; a preset range ends today. */
function useDates(range: Range) {
  const { from, to } = useAddressDates();
  const now = new Date();
  if (range === 'quarter') return { from: quarterBegins(now), to: daysAgo(0, now) };
  const days = range === 'custom' ? Number(usualRange) : Number(range);
  const end = range === 'custom' && to !== '' ? new Date(to) : now;
  return {
    from: (range === 'custom' && from) || daysAgo(days - 1, end),
    to: daysAgo(0, end),
  };
}

/** The period from the URL, by default the last 90 days. Invalid values are ignored. */
export function usePeriod(): PeriodAsked {
  const [asked] = useAddressParameter('range');
  const [by] = useAddressParameter('by');
  const [compare] = useAddressParameter('compare');
  const given = useAddressDates();
  const hasDates = given.from !== '' || given.to !== '';
  const range = hasDates ? 'custom' : (ranges.find((one) => one === asked) ?? usualRange);
  return {
    range,
    ...useDates(range),
    by: Grain.options.find((one) => one === by) ?? 'auto',
    compare: comparisons.find((one) => one === compare) ?? 'previous',
  };
}

/**
 * The API query for a period. Without a comparison it uses the default one, so that both share a cache
 * entry.
 */
export const queryOf = ({ from, to, by, compare }: PeriodAsked) => ({
  from,
  to,
  by,
  compare: compare === 'none' ? ('previous' as const) : compare,
});

interface FieldsProps {
  readonly period: PeriodAsked;
  /** Controls in front of the period. */
  readonly children?: ReactNode;
}

/** Controls for choosing a period, kept in the URL. */
export function PeriodFields({ period, children }: FieldsProps) {
  const { analytics } = useTexts();
  const setAddress = useSetAddress();
  const setBy = useAddressParameter('by')[1];
  const setCompare = useAddressParameter('compare')[1];
  // A custom range starts with the dates currently shown.
  const choose = (range: string) =>
    setAddress(
      range === 'custom'
        ? { range: '', from: period.from, to: period.to }
        : { range: range === usualRange ? '' : range, from: '', to: '' },
    );
  return (
    <Group align="flex-end" gap="sm" data-screen-only>
      {children}
      <SegmentedControl
        aria-label={analytics.period}
        size="xs"
        value={period.range}
        onChange={choose}
        data={ranges.map((value) => ({ value, label: analytics.ranges[value] }))}
      />
      {period.range === 'custom' && <DateRange otherwise={period} yearAtMost />}
      <NativeSelect
        label={analytics.compareWith}
        value={period.compare}
        onChange={({ currentTarget: { value } }) => setCompare(value === 'previous' ? '' : value)}
        data={comparisons.map((value) => ({ value, label: analytics.comparisons[value] }))}
      />
      <NativeSelect
        label={analytics.by}
        value={period.by}
        onChange={({ currentTarget: { value } }) => setBy(value === 'auto' ? '' : value)}
        data={(['auto', ...Grain.options] as const).map((value) => ({
          value,
          label: analytics.grains[value],
        }))}
      />
    </Group>
  );
}
