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

/** A period as it stands in the address, what it is compared with, and the steps it is shown in. */
export interface PeriodAsked {
  readonly range: Range;
  readonly from: string;
  readonly to: string;
  readonly by: GrainAsked;
  readonly compare: (typeof comparisons)[number];
}

const usualRange: Range = '90';

/** The first and the last day of what is chosen; what has no day of its own ends today. */
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

/** The period of the address, else the last 90 days. What stands there and can't be is as good as absent. */
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

/** What the API is asked for a period; what isn't compared is read like what usually is. */
export const queryOf = ({ from, to, by, compare }: PeriodAsked) => ({
  from,
  to,
  by,
  compare: compare === 'none' ? ('previous' as const) : compare,
});

interface FieldsProps {
  readonly period: PeriodAsked;
  /** What is chosen before the period. */
  readonly children?: ReactNode;
}

/** The fields by which a period is chosen; what is chosen stands in the address. */
export function PeriodFields({ period, children }: FieldsProps) {
  const { analytics } = useTexts();
  const setAddress = useSetAddress();
  const setBy = useAddressParameter('by')[1];
  const setCompare = useAddressParameter('compare')[1];
  // Whoever begins to choose days begins with those that are shown.
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
