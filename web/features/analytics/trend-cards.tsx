import { SimpleGrid, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { PlatformMetric } from '../../../domain/usage/metric.schema.ts';
import { ChartCard } from '../../components/charts/chart-card.tsx';
import { Failed } from '../../components/states.tsx';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import { metricWords } from './metric-words.ts';
import { trendQuery } from './queries.ts';
import { pointsOf, wholeWeeks } from './trend-points.ts';

const shown: readonly PlatformMetric[] = ['activeUsers7', 'checkIns'];
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

function TrendCard({ metric }: { readonly metric: PlatformMetric }) {
  const { api } = useSession();
  const texts = useTexts();
  const asked = { metric, by: 'week', ...wholeWeeks(new Date(), shownWeeks) } as const;
  const { data, error, refetch } = useQuery(trendQuery(api, asked));
  if (error !== null && data === undefined) return <Failed error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Skeleton height={cardHeight} />;
  const { title, text } = metricWords(metric, texts);
  return (
    <ChartCard title={title} definition={`${text}. ${texts.analytics.byWeek}`} points={pointsOf(data)} />
  );
}
