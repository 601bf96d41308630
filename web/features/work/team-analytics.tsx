import { Anchor, SimpleGrid, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { TeamAnalytics as TeamAnalyticsData } from '../../../domain/analytics/work.schema.ts';
import type { OrganizationId, TeamId } from '../../../domain/ids.ts';
import { Sparkline } from '../../components/charts/sparkline.tsx';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Figure } from '../../components/figure.tsx';
import { KpiDistribution } from '../../components/kpi-distribution.tsx';
import { KpiLatest } from '../../components/kpi-latest.tsx';
import { KpiProgress, KpiStatusBadge } from '../../components/kpi-status.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { Section } from '../../components/section.tsx';
import { Empty } from '../../components/states.tsx';
import { useSession } from '../../lib/session.tsx';
import { useFormats, useTexts } from '../../text/language.tsx';
import { teamAnalyticsQuery } from './queries.ts';
import { Reporting } from './reporting.tsx';

interface Props {
  readonly organizationId: OrganizationId;
  readonly teamId: TeamId;
}

type Item = TeamAnalyticsData['items'][number];

/** A team's figures, and each of its KPIs over time; what needs somebody comes first. */
export function TeamAnalytics({ organizationId, teamId }: Props) {
  const { api } = useSession();
  const { home, teams, analytics, kpis } = useTexts();
  const { number } = useFormats();
  const query = useQuery(teamAnalyticsQuery(api, organizationId, teamId));
  return (
    <QueryView query={query}>
      {({ members, kpis: counts, reporting, items }) => (
        <Stack gap="lg">
          <SimpleGrid cols={{ base: 1, md: 2 }}>
            <SimpleGrid cols={2}>
              <Figure title={teams.members} value={number(members.length)} />
              <Figure title={kpis.kpis} value={number(items.length)} />
            </SimpleGrid>
            <Section id="kpi-status" title={analytics.kpiStatus}>
              <KpiDistribution counts={counts} />
              <Reporting {...reporting} />
            </Section>
          </SimpleGrid>
          {items.length === 0 ? (
            <Empty title={home.noTeamKpis}>{home.noTeamKpisText}</Empty>
          ) : (
            <Kpis items={items} />
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
      title: kpis.kpi,
      cell: ({ kpi: { id, name, organizationId } }) => (
        <Anchor component={Link} to={`/organizations/${organizationId}/kpis/${id}`} fw={600}>
          <bdi>{name}</bdi>
        </Anchor>
      ),
    },
    { title: kpis.status, cell: ({ kpi: { status } }) => <KpiStatusBadge status={status} /> },
    {
      title: kpis.progress,
      cell: ({ kpi: { progress, status } }) => <KpiProgress progress={progress} status={status} />,
    },
    { title: kpis.latest, cell: ({ kpi }) => <KpiLatest kpi={kpi} /> },
    { title: home.values, cell: (item) => <Values item={item} /> },
  ];
  return <DataTable label={home.teamKpis} columns={columns} items={items} keyOf={({ kpi }) => kpi.id} />;
}

function Values({ item: { kpi, values } }: { readonly item: Item }) {
  const { home } = useTexts();
  const { number } = useFormats();
  const [first, last] = [values.at(0), values.at(-1)];
  if (values.length < 2 || first === undefined || last === undefined) return '–';
  const inUnit = (value: number) => `${number(value)} ${kpi.unit}`;
  return (
    <Sparkline
      points={values}
      label={home.valuesOf(inUnit(first.value), inUnit(last.value), values.length)}
    />
  );
}
