import { Text } from '@mantine/core';
import type { Kpi } from '../../domain/kpi/kpi.schema.ts';
import { useFormats, useTexts } from '../text/language.tsx';
import { Time } from './time.tsx';

/** A KPI's latest value and when it was measured, or that there is none. */
export function KpiLatest({ kpi: { latest, unit } }: { readonly kpi: Pick<Kpi, 'latest' | 'unit'> }) {
  const { kpis } = useTexts();
  const { number } = useFormats();
  if (latest === null) return kpis.never;
  return (
    <Text size="sm" component="div">
      {number(latest.value)} {unit}{' '}
      <Text span size="xs" c="dimmed">
        <Time at={latest.at} />
      </Text>
    </Text>
  );
}
