import { Text } from '@mantine/core';
import { isDue, nextDue } from '../../domain/kpi/due.schema.ts';
import type { Kpi } from '../../domain/kpi/kpi.schema.ts';
import { useTexts } from '../text/language.tsx';
import { Day } from './labels.tsx';
import { StatusBadge } from './status-badge.tsx';

/** When the next value is due, that it is overdue, or that none is expected. */
export function NextDue({ kpi }: { readonly kpi: Kpi }) {
  const { kpis } = useTexts();
  const now = new Date();
  const due = nextDue(kpi, now);
  if (due === null)
    return (
      <Text span size="sm" c="dimmed">
        {kpi.formula === undefined ? kpis.ended : kpis.computed}
      </Text>
    );
  if (isDue(kpi, now)) return <StatusBadge tone="warning">{kpis.dueNow}</StatusBadge>;
  return (
    <Text span size="sm">
      <Day at={due} />
    </Text>
  );
}
