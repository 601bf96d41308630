import { Group, Progress, Stack, Text } from '@mantine/core';
import { type KpiCount, kpiStatuses } from '../../domain/kpi/kpi-status.schema.ts';
import { useFormats, useTexts } from '../text/language.tsx';
import { statusColours } from './kpi-status.tsx';

/** How many KPIs are in which status: the bar shows the shares, the list beside it says the numbers. */
export function KpiDistribution({ counts }: { readonly counts: Readonly<KpiCount> }) {
  const { kpis, analytics } = useTexts();
  const { number } = useFormats();
  const total = kpiStatuses.reduce((sum, status) => sum + counts[status], 0);
  return (
    <Stack gap="xs">
      <Progress.Root size="lg" aria-hidden>
        {kpiStatuses.map((status) => (
          <Progress.Section
            key={status}
            value={total === 0 ? 0 : (counts[status] / total) * 100}
            color={`${statusColours[status]}.6`}
          />
        ))}
      </Progress.Root>
      <Group component="ul" aria-label={analytics.kpiStatus} gap="md" p={0} m={0}>
        {kpiStatuses.map((status) => (
          <Group key={status} component="li" gap={6} wrap="nowrap" style={{ listStyle: 'none' }}>
            <span className="dot" style={{ background: `var(--mantine-color-${statusColours[status]}-6)` }} />
            <Text size="sm">
              {kpis.statuses[status]}{' '}
              <Text span fw={600} style={{ fontVariantNumeric: 'tabular-nums' }}>
                {number(counts[status])}
              </Text>
            </Text>
          </Group>
        ))}
      </Group>
    </Stack>
  );
}
