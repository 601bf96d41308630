import { Group, Progress, Stack, Text } from '@mantine/core';
import { useFormats, useTexts } from '../text/language.tsx';
import { Definition } from './definition.tsx';

interface Props {
  readonly running: number;
  readonly reported: number;
}

/** How many of the active KPIs have a value from the last 7 days. */
export function Reporting({ running, reported }: Props) {
  const { analytics } = useTexts();
  const { number, percent } = useFormats();
  return (
    <Stack gap={4}>
      <Group justify="space-between" gap="xs">
        <Group gap={4} wrap="nowrap">
          <Text size="sm" c="dimmed">
            {analytics.reporting}
          </Text>
          <Definition title={analytics.reporting} text={analytics.reportingDefinition} />
        </Group>
        <Text size="sm">
          {running === 0
            ? analytics.noneRunning
            : `${analytics.reportingText(number(reported), number(running))} (${percent(reported / running)})`}
        </Text>
      </Group>
      <Progress value={running === 0 ? 0 : (reported / running) * 100} size="sm" aria-hidden />
    </Stack>
  );
}
