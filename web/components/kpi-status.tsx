import { Badge, Progress, Stack, Text } from '@mantine/core';
import type { KpiStatus } from '../../domain/kpi/kpi-status.schema.ts';
import { useFormats, useTexts } from '../text/language.tsx';

/** The colour of a status; a word stands beside it always. */
export const statusColours: Readonly<Record<KpiStatus, string>> = {
  on_track: 'teal',
  at_risk: 'yellow',
  off_track: 'red',
  no_data: 'gray',
};

/** How a KPI does, in a word; the colour only helps to find it. */
export const KpiStatusBadge = ({ status }: { readonly status: KpiStatus }) => (
  <Badge color={statusColours[status]} variant="dot" tt="none" radius="sm">
    {useTexts().kpis.statuses[status]}
  </Badge>
);

/** How far a KPI is on its way. */
export function KpiProgress({
  progress,
  status,
}: {
  readonly progress: number | null;
  readonly status: KpiStatus;
}) {
  const { percent } = useFormats();
  const { kpis } = useTexts();
  if (progress === null) return <Text size="sm">–</Text>;
  return (
    <Stack gap={2} miw={90}>
      <Text size="sm" style={{ fontVariantNumeric: 'tabular-nums' }}>
        {percent(progress)}
      </Text>
      <Progress
        value={progress * 100}
        // The same shade in both themes: what Mantine takes for grey in the dark is hardly seen.
        color={`${statusColours[status]}.6`}
        size="sm"
        aria-label={`${kpis.progress}: ${percent(progress)}`}
      />
    </Stack>
  );
}
