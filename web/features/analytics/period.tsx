import { Group, NativeSelect } from '@mantine/core';
import type { ReactNode } from 'react';
import { Grain } from '../../../domain/analytics/analytics.schema.ts';
import { DateRange } from '../../components/date-range.tsx';
import { useAddressDates, useAddressParameter } from '../../lib/address.ts';
import { daysAgo } from '../../lib/dates.ts';
import { useTexts } from '../../text/language.tsx';

/** A period, and the steps it is shown in. */
interface PeriodAsked {
  readonly from: string;
  readonly to: string;
  readonly by: Grain;
}

/**
 * The period of the address, else the last `days` up to today. What stands there and is no date is as good as
 * absent.
 */
export function usePeriod(days: number): PeriodAsked {
  const [by] = useAddressParameter('by');
  const { from, to } = useAddressDates();
  const now = new Date();
  return {
    by: Grain.options.find((one) => one === by) ?? 'day',
    from: from || daysAgo(days - 1, to === '' ? now : new Date(to)),
    to: to || daysAgo(0, now),
  };
}

interface FieldsProps {
  readonly period: PeriodAsked;
  /** What is chosen before the period. */
  readonly children?: ReactNode;
}

/** The fields by which a period is chosen; what is chosen stands in the address. */
export function PeriodFields({ period, children }: FieldsProps) {
  const { analytics } = useTexts();
  const setBy = useAddressParameter('by')[1];
  return (
    <Group align="flex-start" gap="sm">
      {children}
      <NativeSelect
        label={analytics.by}
        value={period.by}
        onChange={({ currentTarget }) => setBy(currentTarget.value)}
        data={Grain.options.map((grain) => ({ value: grain, label: analytics.grains[grain] }))}
      />
      <DateRange otherwise={period} yearAtMost />
    </Group>
  );
}
