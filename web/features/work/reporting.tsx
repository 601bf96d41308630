import { Group, Progress, Stack, Text } from '@mantine/core';
import type { TeamAnalytics } from '../../../domain/analytics/work.schema.ts';
import { useFormats, useTexts } from '../../text/language.tsx';

/** How many of the running KPIs have a value of the last 7 days. */
export function Reporting({ running, reported }: TeamAnalytics['reporting']) {
  const { home } = useTexts();
  const { number, percent } = useFormats();
  return (
    <Stack gap={4}>
      <Group justify="space-between" gap="xs">
        <Text size="sm" c="dimmed">
          {home.reporting}
        </Text>
        <Text size="sm">
          {running === 0
            ? home.noneRunning
            : `${home.reportingText(number(reported), number(running))} (${percent(reported / running)})`}
        </Text>
      </Group>
      <Progress value={running === 0 ? 0 : (reported / running) * 100} size="sm" aria-hidden />
    </Stack>
  );
}
