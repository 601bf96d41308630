import { Group, SimpleGrid, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { TeamAnalytics as TeamAnalyticsData } from '../../../domain/analytics/analytics.schema.ts';
import type { Team } from '../../../domain/team/team.schema.ts';
import { Sparkline } from '../../components/charts/sparkline.tsx';
import { Definition } from '../../components/definition.tsx';
import { KpiDistribution, KpiLatest, KpiProgress, KpiStatusBadge } from '../../components/kpi.tsx';
import { Section } from '../../components/page.tsx';
import { PrintButton } from '../../components/print-button.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { Reporting } from '../../components/reporting.tsx';
import { Empty } from '../../components/states.tsx';
import type { Column } from '../../components/table/column.ts';
import { DataTable } from '../../components/table/data-table.tsx';
import { useSession } from '../../lib/session.tsx';
import { useFormats, useTexts } from '../../text/language.tsx';
import { KpiTrends } from './kpi-trends.tsx';
import { teamAnalyticsQuery } from './queries.ts';

type Item = TeamAnalyticsData['items'][number];

/** A team's figures, and each of its KPIs over time; those that need attention come first. */
export function TeamAnalytics({ team: { organizationId, id: teamId } }: { readonly team: Team }) {
  const { api } = useSession();
  const { home, analytics } = useTexts();
  const query = useQuery(teamAnalyticsQuery(api, organizationId, teamId));
  return (
    <QueryView query={query}>
      {({ kpis: counts, reporting, items }) => (
        <Stack gap="lg">
          <Group justify="flex-end" data-screen-only>
            <PrintButton />
          </Group>
          <Section
            id="kpi-status"
            title={analytics.kpiStatus}
            mark={<Definition title={analytics.kpiStatus} text={analytics.kpiStatusText} />}
          >
            <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
              <KpiDistribution counts={counts} />
              <Reporting {...reporting} />
            </SimpleGrid>
          </Section>
          {items.length === 0 ? (
            <Empty title={home.noTeamKpis}>{home.noTeamKpisText}</Empty>
          ) : (
            <>
              <Kpis items={items} />
              <KpiTrends items={items} />
            </>
          )}
        </Stack>
      )}
    </QueryView>
  );
}

function Kpis({ items }: { readonly items: readonly Item[] }) {
  const { kpis, home } = useTexts();
  const columns: readonly Column<Item>[] = [
    {
      id: 'name',
      title: kpis.kpi,
      cell: ({ kpi: { name } }) => <bdi>{name}</bdi>,
      sort: ({ kpi: { name } }) => name,
    },
    {
      id: 'status',
      title: kpis.status,
      width: 140,
      cell: ({ kpi: { status } }) => <KpiStatusBadge status={status} />,
    },
    {
      id: 'progress',
      title: kpis.progress,
      width: 130,
      phone: 'hidden',
      sort: ({ kpi: { progress } }) => progress,
      cell: ({ kpi: { progress, status } }) => <KpiProgress progress={progress} status={status} />,
    },
    { id: 'latest', title: kpis.latest, phone: 'fact', cell: ({ kpi }) => <KpiLatest kpi={kpi} /> },
    { id: 'values', title: home.values, width: 130, cell: (item) => <Values item={item} /> },
  ];
  return (
    <DataTable
      label={home.teamKpis}
      columns={columns}
      items={items}
      keyOf={({ kpi }) => kpi.id}
      hrefOf={({ kpi: { id, organizationId } }) => `/organizations/${organizationId}/kpis/${id}`}
    />
  );
}

/** The last values as a sparkline, with the first and last as text. */
function Values({ item: { kpi, values } }: { readonly item: Item }) {
  const { home } = useTexts();
  const { number } = useFormats();
  const [first, last] = [values.at(0), values.at(-1)];
  if (values.length < 2 || first === undefined || last === undefined) return '–';
  const inUnit = (value: number) => `${number(value)} ${kpi.unit}`;
  return (
    <>
      <Sparkline values={values.map(({ value }) => value)} at={values.map(({ at }) => Date.parse(at))} />
      <span className="visually-hidden">
        {home.valuesOf(inUnit(first.value), inUnit(last.value), values.length)}
      </span>
    </>
  );
}
