import { Button, Paper, SimpleGrid, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { KpiId, type OrganizationId } from '../../../domain/ids.ts';
import type { CheckIn } from '../../../domain/kpi/check-in.schema.ts';
import { instanceOfKpi, type Kpi } from '../../../domain/kpi/kpi.schema.ts';
import { ChartCard } from '../../components/charts/chart-card.tsx';
import { KpiProgress, KpiStatusBadge } from '../../components/kpi-status.tsx';
import { Day, Time } from '../../components/labels.tsx';
import { NotFound } from '../../components/no-page.tsx';
import { Page } from '../../components/page.tsx';
import { PageTabs, usePanels } from '../../components/panels.tsx';
import { PagedList, QueryView } from '../../components/query-view.tsx';
import { Empty } from '../../components/states.tsx';
import type { Column } from '../../components/table/column.ts';
import { DataTable } from '../../components/table/data-table.tsx';
import { useAddressId } from '../../lib/address.ts';
import { useMay, useOrganization } from '../../lib/member.tsx';
import { useSession } from '../../lib/session.tsx';
import { useFormats, useTexts } from '../../text/language.tsx';
import { CheckInButton, CorrectCheckIn } from './check-in-dialogs.tsx';
import { DeleteKpi, EditKpiDialog } from './kpi-dialogs.tsx';
import { checkInsQuery, kpiQuery } from './queries.ts';

/** One KPI: how it does, and what was reported. */
export function KpiPage() {
  const { id } = useOrganization();
  const kpiId = useAddressId('kpiId', KpiId);
  return kpiId === null ? <NotFound /> : <OneKpi organizationId={id} kpiId={kpiId} />;
}

interface Props {
  readonly organizationId: OrganizationId;
  readonly kpiId: KpiId;
}

function OneKpi({ organizationId, kpiId }: Props) {
  const { api } = useSession();
  const { kpis } = useTexts();
  const may = useMay(organizationId);
  const [editing, edit] = useDisclosure(false);
  const [deleting, askToDelete] = useDisclosure(false);
  const query = useQuery(kpiQuery(api, organizationId, kpiId));
  return (
    <QueryView query={query}>
      {(kpi) => {
        const instance = instanceOfKpi(kpi);
        return (
          <Page
            title={kpi.name}
            parents={[{ title: kpis.kpis, to: `/organizations/${organizationId}/kpis` }]}
            actions={
              <>
                {may('create', 'CheckIn', instance) && <CheckInButton kpi={kpi} />}
                {may('update', 'Kpi', instance) && (
                  <Button variant="default" onClick={edit.open}>
                    {kpis.edit}
                  </Button>
                )}
                {may('delete', 'Kpi', instance) && (
                  <Button variant="default" color="red" onClick={askToDelete.open}>
                    {kpis.delete}
                  </Button>
                )}
              </>
            }
          >
            <KpiTabs kpi={kpi} />
            {editing && <EditKpiDialog kpi={kpi} onClose={edit.close} />}
            {deleting && <DeleteKpi kpi={kpi} onClose={askToDelete.close} />}
          </Page>
        );
      }}
    </QueryView>
  );
}

/** How it does, and what other features have of it. */
function KpiTabs({ kpi }: { readonly kpi: Kpi }) {
  const texts = useTexts();
  const panels = usePanels('kpi', kpi.organizationId, instanceOfKpi(kpi));
  return (
    <PageTabs
      tabs={[
        { name: 'values', title: texts.kpis.checkIns, content: <KpiView kpi={kpi} /> },
        ...panels.map(({ name, title, component: Panel }) => ({
          name,
          title: title(texts),
          content: <Panel kpi={kpi} />,
        })),
      ]}
    />
  );
}

/** How a KPI does, its goal, and its values over time. */
function KpiView({ kpi }: { readonly kpi: Kpi }) {
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
      id: 'at',
      title: kpis.at,
      sort: ({ at }) => at,
      cell: ({ at }) => (
        <span>
          <Day at={at} />{' '}
          <Text span size="xs" c="dimmed">
            <Time at={at} />
          </Text>
        </span>
      ),
    },
    {
      id: 'value',
      title: kpis.value,
      numeric: true,
      sort: ({ value }) => value,
      cell: ({ value }) => `${number(value)} ${kpi.unit}`,
    },
    {
      id: 'note',
      title: kpis.note,
      cell: ({ note }) => note ?? '–',
      grows: true,
    },
  ];
  const actions: Column<CheckIn> = {
    id: 'actions',
    title: common.actions,
    width: 110,
    actions: true,
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
