import { Anchor, Group, Progress, SimpleGrid, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Overview as OverviewData } from '../../../domain/analytics/analytics.schema.ts';
import { aggregateOf, type PlatformMetric } from '../../../domain/usage/metric.schema.ts';
import { ChartCard } from '../../components/charts/chart-card.tsx';
import { Section } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { Empty, Failed } from '../../components/states.tsx';
import { daysAgo } from '../../lib/dates.ts';
import { useSession } from '../../lib/session.tsx';
import { useFormats, useTexts } from '../../text/language.tsx';
import { figureOf, MetricFigures, metricWords, pointsOf, wholeWeeks } from './metrics.tsx';
import { overviewQuery, type TrendAsked, trendQuery } from './queries.ts';

const headline: readonly PlatformMetric[] = [
  'organizations',
  'organizationsServed',
  'users',
  'activeUsers7',
  'kpis',
  'checkIns',
  'pendingInvitations',
  'organizationsActive7',
];

/** The platform at one look, and the trends that a super admin looks at first. */
export const Overview = () => (
  <>
    <Figures />
    <TrendCards />
  </>
);

/** How many there are, how they are, who needs something, and how far the new ones have come. */
function Figures() {
  const { api } = useSession();
  const { analytics } = useTexts();
  const query = useQuery(overviewQuery(api));
  return (
    <QueryView query={query} rows={16}>
      {(overview) =>
        overview.date === null ? (
          <Empty title={analytics.notComputed}>{analytics.notComputedText}</Empty>
        ) : (
          <Stack gap="lg">
            <MetricFigures figures={overview.figures} shown={headline} computedAt={overview.computedAt} />
            <SimpleGrid cols={{ base: 1, md: 2 }} style={{ alignItems: 'start' }}>
              <Attention {...overview.attention} />
              <Funnel overview={overview} />
            </SimpleGrid>
          </Stack>
        )
      }
    </QueryView>
  );
}

function Attention({ items, total }: OverviewData['attention']) {
  const { analytics } = useTexts();
  const { list } = useFormats();
  return (
    <Section id="attention" title={analytics.attention}>
      {items.length === 0 && (
        <Text c="dimmed">
          {analytics.nothingNeedsYou}. {analytics.nothingNeedsYouText}
        </Text>
      )}
      {items.map(({ organizationId, name, reasons }) => (
        <Stack key={organizationId} gap={0}>
          <Anchor component={Link} to={`/admin/organizations/${organizationId}`} fw={500} w="fit-content">
            <bdi>{name}</bdi>
          </Anchor>
          <Text size="sm" c="dimmed">
            {list(reasons.map((reason) => analytics.reasons[reason]))}
          </Text>
        </Stack>
      ))}
      {total > items.length && (
        <Text size="sm" c="dimmed">
          {analytics.attentionMore(total - items.length)}
        </Text>
      )}
    </Section>
  );
}

function Funnel({ overview: { funnel, plans } }: { readonly overview: OverviewData }) {
  const { analytics, common } = useTexts();
  return (
    <Stack gap="md">
      <Section id="funnel" title={analytics.funnel}>
        <Text size="sm" c="dimmed">
          {analytics.funnelText}
        </Text>
        <BarList
          label={analytics.funnel}
          bars={funnel.map(({ stage, reached }) => ({ name: analytics.stages[stage], value: reached }))}
        />
      </Section>
      <Section id="plans" title={analytics.plans}>
        <BarList
          label={analytics.plans}
          bars={plans.map(({ plan, organizations }) => ({
            name: common.plans[plan],
            value: organizations,
          }))}
        />
      </Section>
    </Stack>
  );
}

const shown = ['activeUsers7', 'checkIns'] as const satisfies readonly PlatformMetric[];
const shownWeeks = 13;
const cardHeight = 330;

/** The trends that a super admin looks at first; all others are on the analytics page. */
const TrendCards = () => (
  <SimpleGrid cols={{ base: 1, md: 2 }}>
    {shown.map((metric) => (
      <TrendCard key={metric} metric={metric} />
    ))}
  </SimpleGrid>
);

/**
 * A state day by day, up to the one that the tiles show; what happens by whole weeks, which have as many days
 * each.
 */
const asked = (metric: PlatformMetric, now: Date): TrendAsked =>
  aggregateOf(metric) === 'last'
    ? { metric, by: 'day', from: daysAgo(7 * shownWeeks - 1, now), to: daysAgo(0, now) }
    : { metric, by: 'week', ...wholeWeeks(now, shownWeeks) };

function TrendCard({ metric }: { readonly metric: PlatformMetric }) {
  const { api } = useSession();
  const texts = useTexts();
  const { date } = useFormats();
  const { data, error, refetch } = useQuery(trendQuery(api, asked(metric, new Date())));
  if (error !== null && data === undefined) return <Failed error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Skeleton height={cardHeight} />;
  const { title, text } = metricWords(metric, texts);
  return (
    <ChartCard
      title={title}
      definition={data.by === 'week' ? `${text}. ${texts.analytics.byWeek}` : text}
      figure={figureOf(data, { ...texts.analytics, date })}
      points={pointsOf(data)}
    />
  );
}

interface Bar {
  readonly name: string;
  readonly value: number;
}

/** Amounts beside one another, each with its name and number: readable without the bars. */
function BarList({ label, bars }: { readonly label: string; readonly bars: readonly Bar[] }) {
  const { number } = useFormats();
  const highest = Math.max(1, ...bars.map(({ value }) => value));
  return (
    <Stack gap="xs" component="ul" aria-label={label} p={0} m={0} style={{ listStyle: 'none' }}>
      {bars.map(({ name, value }) => (
        <li key={name}>
          <Group justify="space-between" gap="xs" wrap="nowrap">
            <Text size="sm">{name}</Text>
            <Text size="sm" fw={600} style={{ fontVariantNumeric: 'tabular-nums' }}>
              {number(value)}
            </Text>
          </Group>
          <Progress value={(value / highest) * 100} color="brand" size="sm" aria-hidden />
        </li>
      ))}
    </Stack>
  );
}
