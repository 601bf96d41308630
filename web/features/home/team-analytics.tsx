import { Group, SimpleGrid, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { TeamAnalytics as TeamAnalyticsData } from '../../../domain/analytics/work.schema.ts';
import type { Team } from '../../../domain/team/team.schema.ts';
import { KpiDistribution, KpiLatest, KpiProgress, KpiStatusBadge } from '../../components/kpi-status.tsx';
import { Figure, Section } from '../../components/page.tsx';
import { PrintButton } from '../../components/print-button.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { Empty } from '../../components/states.tsx';
import type { Column } from '../../components/table/column.ts';
import { DataTable } from '../../components/table/data-table.tsx';
import { useSession } from '../../lib/session.tsx';
import { useFormats, useTexts } from '../../text/language.tsx';
import { Reporting } from './dashboard.tsx';
import { teamAnalyticsQuery } from './queries.ts';

type Item = TeamAnalyticsData['items'][number];

/** A team's figures, and each of its KPIs over time; what needs somebody comes first. */
export function TeamAnalytics({ team: { organizationId, id: teamId } }: { readonly team: Team }) {
  const { api } = useSession();
  const { home, teams, analytics, kpis } = useTexts();
  const { number } = useFormats();
  const query = useQuery(teamAnalyticsQuery(api, organizationId, teamId));
  return (
    <QueryView query={query}>
      {({ members, kpis: counts, reporting, items }) => (
        <Stack gap="lg">
          <Group justify="flex-end" data-screen-only>
            <PrintButton />
          </Group>
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

interface Point {
  /** ISO 8601. */
  readonly at: string;
  readonly value: number;
}

const [width, height, edge] = [96, 28, 3];

/** A few values over time as a line of a word's size; `label` says them to who can't see it. */
function Sparkline({ points, label }: { readonly points: readonly Point[]; readonly label: string }) {
  const times = points.map(({ at }) => Date.parse(at));
  const values = points.map(({ value }) => value);
  const [first, low] = [Math.min(...times), Math.min(...values)];
  const [span, rise] = [Math.max(...times) - first || 1, Math.max(...values) - low || 1];
  const places = points.map(({ at, value }) => ({
    x: edge + ((Date.parse(at) - first) / span) * (width - 2 * edge),
    y: height - edge - ((value - low) / rise) * (height - 2 * edge),
  }));
  const last = places.at(-1);
  return (
    <svg role="img" aria-label={label} width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
      <polyline
        points={places.map(({ x, y }) => `${x},${y}`).join(' ')}
        fill="none"
        stroke="var(--mantine-color-brand-filled)"
        strokeWidth={1.5}
        strokeLinejoin="round"
      />
      {last !== undefined && (
        <circle cx={last.x} cy={last.y} r={2.5} fill="var(--mantine-color-brand-filled)" />
      )}
    </svg>
  );
}
