import { Anchor, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
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
import { CsvButton } from '../../components/table/csv-button.tsx';
import { DataTable } from '../../components/table/data-table.tsx';
import { useAddressParameter } from '../../lib/address.ts';
import { useSession } from '../../lib/session.tsx';
import { useFormats, useTexts } from '../../text/language.tsx';
import { useChartOf } from './chart-of.ts';
import { Cohorts } from './cohorts.tsx';
import { metricWords, organizationsBehind } from './metric-words.ts';
import { PeriodFields, queryOf, usePeriod } from './period.tsx';
import { behindQuery, trendQuery } from './queries.ts';

export const AnalyticsPage = () => (
  <Page title={useTexts().analytics.analytics}>
    <Stack gap="md">
      <TrendExplorer />
      <Cohorts />
    </Stack>
  </Page>
);

/** The requested metric from the URL; an unknown one is ignored. */
function useMetric(): PlatformMetric {
  const [metric] = useAddressParameter('metric');
  return platformMetrics.find((one) => one === metric) ?? 'users';
}

/** Any platform metric over any period, next to the period it is compared with. */
function TrendExplorer() {
  const { api } = useSession();
  const metric = useMetric();
  const period = usePeriod();
  const chartOf = useChartOf();
  const query = useQuery({
    ...trendQuery(api, { metric, ...queryOf(period) }),
    placeholderData: keepPreviousData,
  });
  return (
    <Stack gap="md">
      <PeriodFields period={period}>
        <MetricField metric={metric} />
      </PeriodFields>
      <QueryView query={query} rows={8}>
        {(trend) => (
          <Stack gap="md">
            <ChartCard {...chartOf(trend, period.compare)} height={320} />
            <OrganizationsBehind {...trend} />
          </Stack>
        )}
      </QueryView>
    </Stack>
  );
}

function MetricField({ metric }: { readonly metric: PlatformMetric }) {
  const texts = useTexts();
  const setMetric = useAddressParameter('metric')[1];
  return (
    <NativeSelect
      label={texts.analytics.metric}
      value={metric}
      onChange={({ currentTarget }) => setMetric(currentTarget.value)}
      data={platformMetrics.map((one) => ({ value: one, label: metricWords(one, texts).title }))}
      w={{ base: '100%', sm: 240 }}
    />
  );
}

/** A link from a platform figure to the organizations behind it. */
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
  const columns = useColumns(metric);
  return (
    <>
      <Group justify="space-between" align="flex-end" gap="sm">
        <Text size="sm" c="dimmed">
          {analytics.drillDownText}
        </Text>
        <Group gap="xs" align="flex-end">
          <TextInput
            label={analytics.ofDay}
            type="date"
            value={date}
            onChange={({ currentTarget }) => choose(currentTarget.value)}
          />
          {query.data !== undefined && query.data.items.length > 0 && (
            <CsvButton name={`${metric}-${date}`} columns={columns} items={query.data.items} />
          )}
        </Group>
      </Group>
      <QueryView query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={analytics.nobodyBehind}>{analytics.nobodyBehindText}</Empty>
          ) : (
            <DataTable
              label={analytics.drillDown}
              columns={columns}
              items={items}
              keyOf={({ organizationId }) => organizationId}
              hrefOf={({ organizationId }) => `/admin/organizations/${organizationId}?tab=usage`}
            />
          )
        }
      </QueryView>
    </>
  );
}

type Item = Breakdown['items'][number];

function useColumns(metric: OrganizationMetric): readonly Column<Item>[] {
  const texts = useTexts();
  const { number } = useFormats();
  return [
    {
      id: 'name',
      title: texts.organizations.column.name,
      cell: ({ name }) => <bdi>{name}</bdi>,
      text: ({ name }) => name,
      sort: ({ name }) => name,
    },
    {
      id: 'value',
      title: metricWords(metric, texts).title,
      numeric: true,
      cell: ({ value }) => number(value),
      text: ({ value }) => String(value),
      sort: ({ value }) => value,
    },
  ];
}

/** Metrics that count organizations link to their filtered list. */
function Listed({ metric }: { readonly metric: PlatformMetric }) {
  const { analytics } = useTexts();
  return (
    <Anchor component={Link} to={organizationsBehind(metric)} size="sm" w="fit-content">
      {analytics.asListed}
    </Anchor>
  );
}
