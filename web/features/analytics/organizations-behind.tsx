import { Anchor, Group, Text, TextInput } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Breakdown, Trend } from '../../../domain/analytics/analytics.schema.ts';
import { OrganizationMetric, type PlatformMetric } from '../../../domain/usage/metric.schema.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { Section } from '../../components/section.tsx';
import { Empty } from '../../components/states.tsx';
import { useAddressParameter } from '../../lib/address.ts';
import { useSession } from '../../lib/session.tsx';
import { useFormats, useTexts } from '../../text/language.tsx';
import { metricWords } from './metric-words.ts';
import { behindQuery } from './queries.ts';

/** From a figure of the platform to the organizations that it is made of. */
export function OrganizationsBehind({ metric, current }: Pick<Trend, 'metric' | 'current'>) {
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
      title: organizations.column.name,
      cell: ({ organizationId, name }) => (
        <Anchor component={Link} to={`/admin/organizations/${organizationId}?tab=usage`} size="sm" fw={600}>
          <bdi>{name}</bdi>
        </Anchor>
      ),
    },
    { title: metricWords(metric, texts).title, numeric: true, cell: ({ value }) => number(value) },
  ];
  return (
    <DataTable
      label={analytics.drillDown}
      columns={columns}
      items={items}
      keyOf={({ organizationId }) => organizationId}
    />
  );
}

const filters: Readonly<Partial<Record<PlatformMetric, string>>> = {
  newOrganizations: 'sort=created&direction=desc',
  organizationsServed: 'status=active',
  organizationsSuspended: 'status=inactive',
  organizationsExpired: 'status=expired',
  organizationsActive7: 'sort=lastActivity&direction=desc',
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
