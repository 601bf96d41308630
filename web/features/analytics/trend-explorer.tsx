import { Alert, Anchor, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Grain } from '../../../domain/analytics/analytics.schema.ts';
import { type PlatformMetric, platformMetrics } from '../../../domain/usage/metric.schema.ts';
import { ChartCard } from '../../components/charts/chart-card.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { useAddressParameter } from '../../lib/address.ts';
import { useSession } from '../../lib/session.tsx';
import { useFormats, useTexts } from '../../text/language.tsx';
import { metricWords } from './metric-words.ts';
import { type TrendAsked, trendQuery } from './queries.ts';
import { pointsOf } from './trend-points.ts';

const dayMs = 86_400_000;
const shownDays = 89;
const dateOf = (time: number) => new Date(time).toISOString().slice(0, 10);
const datePattern = /^\d{4}-\d{2}-\d{2}$/;

/** What is asked, from the address; what stands there and is no date or metric is as good as absent. */
function useAsked(): TrendAsked {
  const [metric] = useAddressParameter('metric');
  const [by] = useAddressParameter('by');
  const [from] = useAddressParameter('from');
  const [to] = useAddressParameter('to');
  const now = Date.now();
  return {
    metric: platformMetrics.find((one) => one === metric) ?? 'users',
    by: Grain.options.find((one) => one === by) ?? 'day',
    from: datePattern.test(from) ? from : dateOf(now - shownDays * dayMs),
    to: datePattern.test(to) ? to : dateOf(now),
  };
}

/** Any metric of the platform, over any period, beside the period before it. */
export function TrendExplorer() {
  const { api } = useSession();
  const texts = useTexts();
  const { number } = useFormats();
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
              <ChartCard title={title} definition={text} points={pointsOf(trend)} height={320} />
              <Group justify="space-between">
                <Text size="sm" c="dimmed">
                  {trend.current.value !== null && analytics.whole(number(trend.current.value))}
                </Text>
                <Anchor component={Link} to="/admin/organizations" size="sm">
                  {analytics.drillDown}
                </Anchor>
              </Group>
              {trend.current.points.some(({ provisional }) => provisional) && (
                <Alert variant="light" role="note">
                  {analytics.provisional}
                </Alert>
              )}
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
  const set = {
    metric: useAddressParameter('metric')[1],
    by: useAddressParameter('by')[1],
    from: useAddressParameter('from')[1],
    to: useAddressParameter('to')[1],
  };
  const title = (metric: PlatformMetric) => metricWords(metric, texts).title;
  return (
    <Group align="flex-end" gap="sm">
      <NativeSelect
        label={analytics.metric}
        value={asked.metric}
        onChange={({ currentTarget }) => set.metric(currentTarget.value)}
        data={platformMetrics.map((metric) => ({ value: metric, label: title(metric) }))}
        w={{ base: '100%', sm: 260 }}
      />
      <NativeSelect
        label={analytics.by}
        value={asked.by}
        onChange={({ currentTarget }) => set.by(currentTarget.value)}
        data={Grain.options.map((grain) => ({ value: grain, label: analytics.grains[grain] }))}
      />
      <TextInput
        label={analytics.from}
        type="date"
        value={asked.from}
        max={asked.to}
        onChange={({ currentTarget }) => set.from(currentTarget.value)}
      />
      <TextInput
        label={analytics.to}
        type="date"
        value={asked.to}
        min={asked.from}
        onChange={({ currentTarget }) => set.to(currentTarget.value)}
      />
    </Group>
  );
}
