import { Group, Paper, SimpleGrid, Stack } from '@mantine/core';
import type { TeamAnalytics } from '../../../domain/analytics/analytics.schema.ts';
import type { Kpi } from '../../../domain/kpi/kpi.schema.ts';
import { TrendChart } from '../../components/charts/trend-chart.tsx';
import { KpiStatusBadge } from '../../components/kpi.tsx';
import { KpiLink } from '../../components/links.tsx';
import { useFormats, useTexts } from '../../text/language.tsx';

/** A KPI with its values, oldest first: the given ones, or the last ones it contains itself. */
interface Item {
  readonly kpi: Kpi;
  readonly values?: TeamAnalytics['items'][number]['values'];
}

const chartHeight = 150;

/** KPIs over time, each with its target. With fewer than two values there is no trend yet. */
export function KpiTrends({ items }: { readonly items: readonly Item[] }) {
  const { home } = useTexts();
  const drawn = items.flatMap(({ kpi, values = kpi.recent ?? [] }) =>
    values.length > 1 ? [{ kpi, values }] : [],
  );
  if (drawn.length === 0) return null;
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} component="section" aria-label={home.trends}>
      {drawn.map((item) => (
        <KpiTrend key={item.kpi.id} {...item} />
      ))}
    </SimpleGrid>
  );
}

function useGoals() {
  const { kpis } = useTexts();
  return ({ target }: Pick<Kpi, 'target'>) =>
    typeof target === 'number'
      ? [{ name: kpis.target, value: target }]
      : [
          { name: kpis.low, value: target.low },
          { name: kpis.high, value: target.high },
        ];
}

function KpiTrend({ kpi, values }: Required<Item>) {
  const { number } = useFormats();
  const goalsOf = useGoals();
  return (
    <Paper withBorder p="md">
      <Stack gap="xs">
        <Group justify="space-between" wrap="nowrap" gap="xs">
          <KpiLink organizationId={kpi.organizationId} kpiId={kpi.id} name={kpi.name} fw={500} />
          <KpiStatusBadge status={kpi.status} />
        </Group>
        <TrendChart
          title={kpi.name}
          points={values.map(({ at, value }) => ({ date: at, value }))}
          goals={goalsOf(kpi)}
          height={chartHeight}
          inWords={(value) => `${number(value)} ${kpi.unit}`}
        />
      </Stack>
    </Paper>
  );
}
