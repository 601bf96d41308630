import { Alert, Anchor, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Breakdown, Trend } from '../../../domain/analytics/analytics.schema.ts';
import {
  OrganizationMetric,
  type PlatformMetric,
  platformMetrics,
} from '../../../domain/usage/metric.schema.ts';
import { ChartCard } from '../../components/charts/chart-card.tsx';
import { Page, Section } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { Empty } from '../../components/states.tsx';
import type { Column } from '../../components/table/column.ts';
import { DataTable } from '../../components/table/data-table.tsx';
import { useAddressParameter } from '../../lib/address.ts';
import { useSession } from '../../lib/session.tsx';
import { useFormats, useTexts } from '../../text/language.tsx';
import { figureOf, metricWords, pointsOf } from './metrics.tsx';
import { PeriodFields, usePeriod } from './period.tsx';
import { behindQuery, type TrendAsked, trendQuery } from './queries.ts';

export const AnalyticsPage = () => (
  <Page title={useTexts().analytics.analytics}>
    <TrendExplorer />
  </Page>
);

const shownDays = 90;

/** What is asked, from the address; what stands there and is no metric is as good as absent. */
function useAsked(): TrendAsked {
  const [metric] = useAddressParameter('metric');
  return { metric: platformMetrics.find((one) => one === metric) ?? 'users', ...usePeriod(shownDays) };
}

/** Any metric of the platform, over any period, beside the period before it. */
function TrendExplorer() {
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

/** From a figure of the platform to the organizations that it is made of. */
function OrganizationsBehind({ metric, current }: Pick<Trend, 'metric' | 'current'>) {
  const { analytics } = useTexts();
  const ofEach = OrganizationMetric.safeParse(metric);
  return (
    <Section id="behind" title={analytics.drillDown}>
      {ofEach.success ? (
        <OfDay metric={ofEach.data} lastDay={lastWithAny(current)} />
      ) : (
        <Listed metric={metric} />
      )}
    </Section>
  );
}

const lastWithAny = ({ points, to }: Trend['current']): string =>
  points.findLast(({ value }) => value !== null && value > 0)?.to ?? to;

interface OfDayProps {
  readonly metric: OrganizationMetric;
  readonly lastDay: string;
}

function OfDay({ metric, lastDay }: OfDayProps) {
  const { api } = useSession();
  const { analytics } = useTexts();
  const [chosen, choose] = useAddressParameter('day');
  const date = /^\d{4}-\d{2}-\d{2}$/.test(chosen) ? chosen : lastDay;
  const query = useQuery({ ...behindQuery(api, { metric, date }), placeholderData: keepPreviousData });
  return (
    <>
      <Group justify="space-between" align="flex-end" gap="sm">
        <Text size="sm" c="dimmed">
          {analytics.drillDownText}
        </Text>
        <TextInput
          label={analytics.ofDay}
          type="date"
          value={date}
          onChange={({ currentTarget }) => choose(currentTarget.value)}
        />
      </Group>
      <QueryView query={query}>{(found) => <Found {...found} />}</QueryView>
    </>
  );
}

type Item = Breakdown['items'][number];

function Found({ metric, items }: Breakdown) {
  const texts = useTexts();
  const { analytics, organizations } = texts;
  const { number } = useFormats();
  if (items.length === 0) return <Empty title={analytics.nobodyBehind}>{analytics.nobodyBehindText}</Empty>;
  const columns: readonly Column<Item>[] = [
    {
      id: 'name',
      title: organizations.column.name,
      cell: ({ name }) => <bdi>{name}</bdi>,
      sort: ({ name }) => name,
    },
    {
      id: 'value',
      title: metricWords(metric, texts).title,
      numeric: true,
      cell: ({ value }) => number(value),
      sort: ({ value }) => value,
    },
  ];
  return (
    <DataTable
      label={analytics.drillDown}
      columns={columns}
      items={items}
      keyOf={({ organizationId }) => organizationId}
      hrefOf={({ organizationId }) => `/admin/organizations/${organizationId}?tab=usage`}
    />
  );
}

const filters: Readonly<Partial<Record<PlatformMetric, string>>> = {
  newOrganizations: 'sort=-created',
  organizationsServed: 'status=active',
  organizationsSuspended: 'status=inactive',
  organizationsExpired: 'status=expired',
  organizationsActive7: 'sort=-lastActivity',
};

/** What counts organizations is behind a filter of their list. */
function Listed({ metric }: { readonly metric: PlatformMetric }) {
  const { analytics } = useTexts();
  const filter = filters[metric] ?? (metric.includes('.') ? metric.replace('.', '=') : '');
  return (
    <Anchor component={Link} to={`/admin/organizations?${filter}`} size="sm" w="fit-content">
      {analytics.asListed}
    </Anchor>
  );
}
