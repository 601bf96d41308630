import { SimpleGrid, Stack, Text } from '@mantine/core';
import { aggregateOf, type PlatformMetric } from '../../../domain/usage/metric.schema.ts';
import { Figure } from '../../components/figure.tsx';
import { useFormats, useTexts } from '../../text/language.tsx';
import { metricWords } from './metric-words.ts';

interface Props {
  readonly figures: readonly {
    readonly metric: PlatformMetric;
    readonly value: number | null;
    readonly previous: number | null;
  }[];
  /** Which are shown, in this order. */
  readonly shown: readonly PlatformMetric[];
  readonly computedAt: string | null;
}

/** Figures as they are now, or of 30 days, each against what it was 30 days earlier. */
export function MetricFigures({ figures, shown, computedAt }: Props) {
  const texts = useTexts();
  const { analytics } = texts;
  const { number, relative } = useFormats();
  const found = shown.flatMap((metric) => figures.filter((one) => one.metric === metric));
  return (
    <Stack gap="xs">
      <SimpleGrid cols={{ base: 2, md: 4 }}>
        {found.map(({ metric, value, previous }) => (
          <Figure
            key={metric}
            title={analytics.tile[aggregateOf(metric)](metricWords(metric, texts).title)}
            value={value === null ? '–' : number(value)}
            hint={
              previous === null
                ? analytics.notThen[aggregateOf(metric)]
                : analytics.against[aggregateOf(metric)](number(previous))
            }
          />
        ))}
      </SimpleGrid>
      {computedAt !== null && (
        <Text size="sm" c="dimmed">
          {analytics.asOf(relative(computedAt, new Date()))}
        </Text>
      )}
    </Stack>
  );
}
