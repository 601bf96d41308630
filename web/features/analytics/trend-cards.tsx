import { SimpleGrid, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { aggregateOf, type PlatformMetric } from '../../../domain/usage/metric.schema.ts';
import { ChartCard } from '../../components/charts/chart-card.tsx';
import { Failed } from '../../components/states.tsx';
import { daysAgo } from '../../lib/days.ts';
import { useSession } from '../../lib/session.tsx';
import { useFormats, useTexts } from '../../text/language.tsx';
import { metricWords } from './metric-words.ts';
import { type TrendAsked, trendQuery } from './queries.ts';
import { figureOf, pointsOf, wholeWeeks } from './trend-points.ts';

const shown = ['activeUsers7', 'checkIns'] as const satisfies readonly PlatformMetric[];
const shownWeeks = 13;
const cardHeight = 330;

/** The trends that a super admin looks at first; all others are on the analytics page. */
export const TrendCards = () => (
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
