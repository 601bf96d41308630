import { Paper, SimpleGrid, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { CheckIn } from '../../../domain/kpi/check-in.schema.ts';
import { instanceOfKpi, type Kpi } from '../../../domain/kpi/kpi.schema.ts';
import { ChartCard } from '../../components/charts/chart-card.tsx';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { KpiProgress, KpiStatusBadge } from '../../components/kpi-status.tsx';
import { PagedList } from '../../components/paged-list.tsx';
import { Empty } from '../../components/states.tsx';
import { Day, Time } from '../../components/time.tsx';
import { useMay } from '../../lib/access.ts';
import { useSession } from '../../lib/session.tsx';
import { useFormats, useTexts } from '../../text/language.tsx';
import { CorrectCheckIn } from './correct-check-in.tsx';
import { checkInsQuery } from './queries.ts';

/** How a KPI does, its goal, and its values over time. */
export function KpiView({ kpi }: { readonly kpi: Kpi }) {
  const { api } = useSession();
  const query = useInfiniteQuery(checkInsQuery(api, kpi.organizationId, kpi.id));
  const { kpis } = useTexts();
  const { target } = kpi;
  const goals =
    typeof target === 'number'
      ? [{ name: kpis.target, value: target }]
      : [
          { name: kpis.low, value: target.low },
          { name: kpis.high, value: target.high },
        ];
  return (
    <Stack gap="lg">
      <Standing kpi={kpi} />
      <PagedList query={query} empty={<Empty title={kpis.noCheckIns}>{kpis.noCheckInsText}</Empty>}>
        {(items) => (
          <Stack gap="md">
            <ChartCard
              title={kpis.valueIn(kpi.unit)}
              definition={kpis.overTime}
              goals={goals}
              points={[...items].reverse().map(({ at, value }) => ({ date: at, value }))}
            />
            <CheckIns kpi={kpi} items={items} />
          </Stack>
        )}
      </PagedList>
    </Stack>
  );
}

function Standing({ kpi }: { readonly kpi: Kpi }) {
  const { status, progress, latest, unit, baseline, target, period, description } = kpi;
  const { kpis } = useTexts();
  const { number, date } = useFormats();
  return (
    <Paper withBorder radius="md" p="md">
      <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }}>
        <Fact title={kpis.status}>
          <KpiStatusBadge status={status} />
        </Fact>
        <Fact title={kpis.progress}>
          <KpiProgress progress={progress} status={status} />
        </Fact>
        <Fact title={kpis.latest}>
          {latest === null ? kpis.never : `${number(latest.value)} ${unit}`}
          {latest !== null && (
            <Text size="xs" c="dimmed">
              <Time at={latest.at} />
            </Text>
          )}
        </Fact>
        <Fact title={kpis.target}>
          {typeof target === 'number'
            ? kpis.goal(number(baseline), number(target))
            : kpis.band(number(target.low), number(target.high))}{' '}
          {unit}
          <Text size="xs" c="dimmed">
            {kpis.period(date(period.start), date(period.end))}
          </Text>
        </Fact>
      </SimpleGrid>
      {description !== undefined && (
        <Text mt="md" style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>
          {description}
        </Text>
      )}
    </Paper>
  );
}

const Fact = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <Stack gap={2}>
    <Text size="sm" c="dimmed">
      {title}
    </Text>
    <div>{children}</div>
  </Stack>
);

function CheckIns({ kpi, items }: { readonly kpi: Kpi; readonly items: readonly CheckIn[] }) {
  const { kpis, common } = useTexts();
  const { number } = useFormats();
  const may = useMay(kpi.organizationId);
  const columns: readonly Column<CheckIn>[] = [
    {
      title: kpis.at,
      cell: ({ at }) => (
        <span>
          <Day at={at} />{' '}
          <Text span size="xs" c="dimmed">
            <Time at={at} />
          </Text>
        </span>
      ),
    },
    { title: kpis.value, numeric: true, cell: ({ value }) => `${number(value)} ${kpi.unit}` },
    {
      title: kpis.note,
      cell: ({ note }) => (note === undefined ? '–' : <Text size="sm">{note}</Text>),
    },
  ];
  const actions: Column<CheckIn> = {
    title: common.actions,
    numeric: true,
    cell: (checkIn) => <CorrectCheckIn kpi={kpi} checkIn={checkIn} />,
  };
  return (
    <DataTable
      label={kpis.checkIns}
      columns={may('update', 'CheckIn', instanceOfKpi(kpi)) ? [...columns, actions] : columns}
      items={items}
      keyOf={({ id }) => id}
    />
  );
}
