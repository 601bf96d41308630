import { Alert, NativeSelect, Stack } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type PlatformMetric, platformMetrics } from '../../../domain/usage/metric.schema.ts';
import { ChartCard } from '../../components/charts/chart-card.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { useAddressParameter } from '../../lib/address.ts';
import { useSession } from '../../lib/session.tsx';
import { useFormats, useTexts } from '../../text/language.tsx';
import { metricWords } from './metric-words.ts';
import { OrganizationsBehind } from './organizations-behind.tsx';
import { PeriodFields, usePeriod } from './period.tsx';
import { type TrendAsked, trendQuery } from './queries.ts';
import { figureOf, pointsOf } from './trend-points.ts';

const shownDays = 90;

/** What is asked, from the address; what stands there and is no metric is as good as absent. */
function useAsked(): TrendAsked {
  const [metric] = useAddressParameter('metric');
  return { metric: platformMetrics.find((one) => one === metric) ?? 'users', ...usePeriod(shownDays) };
}

/** Any metric of the platform, over any period, beside the period before it. */
export function TrendExplorer() {
  const { api } = useSession();
  const texts = useTexts();
  const { date } = useFormats();
  const { analytics } = texts;
  const asked = useAsked();
  const query = useQuery({ ...trendQuery(api, asked), placeholderData: keepPreviousData });
  return (
    <Stack gap="md">
      <Choices asked={asked} />
      <QueryView query={query}>
        {(trend) => {
          const { title, text } = metricWords(trend.metric, texts);
          return (
            <Stack gap="xs">
              <ChartCard
                title={title}
                definition={text}
                figure={figureOf(trend, { ...analytics, date })}
                points={pointsOf(trend)}
                height={320}
              />
              {trend.current.points.some(({ provisional }) => provisional) && (
                <Alert variant="light" role="note">
                  {analytics.provisional}
                </Alert>
              )}
              <OrganizationsBehind {...trend} />
            </Stack>
          );
        }}
      </QueryView>
    </Stack>
  );
}

function Choices({ asked }: { readonly asked: TrendAsked }) {
  const texts = useTexts();
  const { analytics } = texts;
  const setMetric = useAddressParameter('metric')[1];
  const title = (metric: PlatformMetric) => metricWords(metric, texts).title;
  return (
    <PeriodFields period={asked}>
      <NativeSelect
        label={analytics.metric}
        value={asked.metric}
        onChange={({ currentTarget }) => setMetric(currentTarget.value)}
        data={platformMetrics.map((metric) => ({ value: metric, label: title(metric) }))}
        w={{ base: '100%', sm: 260 }}
      />
    </PeriodFields>
  );
}
