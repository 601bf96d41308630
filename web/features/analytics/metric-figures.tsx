import { SimpleGrid, Stack, Text } from '@mantine/core';
import type { Change } from '../../../domain/analytics/analytics.schema.ts';
import { aggregateOf, type PlatformMetric } from '../../../domain/usage/metric.schema.ts';
import { Figure } from '../../components/charts/figure.tsx';
import { useFormats, useTexts } from '../../text/language.tsx';
import { againstOf } from './chart-of.ts';
import { goodOf, metricWords } from './metric-words.ts';

interface Shown<Metric extends PlatformMetric> {
  readonly metric: Metric;
  readonly value: number | null;
  readonly change: Change | null;
  readonly trend: readonly (number | null)[];
}

interface Props<Metric extends PlatformMetric> {
  readonly figures: readonly Shown<PlatformMetric>[];
  /** Which metrics to show, in this order. */
  readonly shown: readonly Metric[];
  readonly computedAt: string | null;
  /** Link to the data behind a figure. */
  readonly behind: (metric: Metric) => string;
  readonly cols: { readonly base: number; readonly md?: number };
}

const days = 30;

/** Current figures, or those of 30 days, each compared with 30 days earlier. */
export function MetricFigures<Metric extends PlatformMetric>({
  figures,
  shown,
  computedAt,
  behind,
  cols,
}: Props<Metric>) {
  const texts = useTexts();
  const { analytics } = texts;
  const { relative } = useFormats();
  return (
    <Stack gap="xs">
      <SimpleGrid cols={cols}>
        {shown.map((metric) => {
          const found = figures.find((one) => one.metric === metric);
          const { title, text } = metricWords(metric, texts);
          return (
            found !== undefined && (
              <Figure
                key={metric}
                title={analytics.tile[aggregateOf(metric)](title)}
                definition={text}
                value={found.value}
                trend={found.trend}
                to={behind(metric)}
                hint={analytics.notCompared}
                delta={{
                  change: found.change,
                  against: againstOf(metric, days, 'previous', texts),
                  good: goodOf(metric),
                }}
              />
            )
          );
        })}
      </SimpleGrid>
      {computedAt !== null && (
        <Text size="xs" c="dimmed">
          {analytics.asOf(relative(computedAt, new Date()))}
        </Text>
      )}
    </Stack>
  );
}
