import { SimpleGrid, Stack, Text } from '@mantine/core';
import type { Trend } from '../../../domain/analytics/analytics.schema.ts';
import { Stage } from '../../../domain/onboarding/onboarding.schema.ts';
import { Plan } from '../../../domain/subscription/subscription.schema.ts';
import { aggregateOf, type PlatformMetric } from '../../../domain/usage/metric.schema.ts';
import { Figure } from '../../components/page.tsx';
import { daysAgo } from '../../lib/dates.ts';
import type { Formats } from '../../text/formats.ts';
import { type Texts, useFormats, useTexts } from '../../text/language.tsx';

interface Words {
  readonly title: string;
  readonly text: string;
}

/** What a metric is called, and what it counts. */
export function metricWords(metric: PlatformMetric, { analytics, common }: Texts): Words {
  const [kind, name] = metric.split('.');
  if (kind === 'plan') return analytics.onPlan(common.plans[Plan.parse(name)]);
  if (kind === 'stage') return analytics.atStage(analytics.stages[Stage.parse(name)]);
  const named: Readonly<Record<string, Words>> = analytics.metrics;
  return named[metric] ?? { title: metric, text: '' };
}

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

interface FigureWords extends Pick<Texts['analytics'], 'figureOf'>, Pick<Formats, 'date'> {}

/** A trend's points, each beside the same step of the period before. */
export const pointsOf = ({ current, previous }: Pick<Trend, 'current' | 'previous'>) =>
  current.points.map(({ from, value }, index) => ({
    date: from,
    value,
    compared: previous.points[index]?.value ?? null,
  }));

/**
 * The number that stands for a trend, and of what time it is: a state as it was last, the sum of what
 * happened, or the mean of the days. A tile of the same title and time has the same.
 */
export function figureOf({ aggregate, current }: Pick<Trend, 'aggregate' | 'current'>, words: FigureWords) {
  const { from, to, value, points } = current;
  const last = points.findLast((point) => point.value !== null)?.to ?? to;
  return {
    value,
    of: words.figureOf[aggregate](words.date(from), words.date(aggregate === 'last' ? last : to)),
  };
}

/**
 * The last whole weeks (ISO 8601: from Monday on, UTC), so that each point stands for as many days as the
 * others.
 */
export function wholeWeeks(now: Date, weeks: number): { readonly from: string; readonly to: string } {
  const sinceMonday = (now.getUTCDay() + 6) % 7;
  return { from: daysAgo(sinceMonday + 7 * weeks, now), to: daysAgo(sinceMonday + 1, now) };
}
