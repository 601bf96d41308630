import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { type OrganizationId, TeamId } from '../../../domain/ids.ts';
import { instanceOfKpi, type Kpi, type KpiFilter } from '../../../domain/kpi/kpi.schema.ts';
import { kpiStatuses } from '../../../domain/kpi/kpi-status.schema.ts';
import type { Filter } from '../../components/filter-bar.tsx';
import { useFilter } from '../../components/filters.tsx';
import { KpiLatest, KpiProgress, KpiStatusBadge } from '../../components/kpi-status.tsx';
import { Page } from '../../components/page.tsx';
import { NoMatch } from '../../components/query-view.tsx';
import { Empty } from '../../components/states.tsx';
import type { Column } from '../../components/table/column.ts';
import { ListTable } from '../../components/table/list-table.tsx';
import { usePageSize } from '../../components/table/page-size.ts';
import { useAddressParameter } from '../../lib/address.ts';
import { teamChoicesQuery } from '../../lib/choices.ts';
import { useMay, useMayToSome, useMember, useOrganization } from '../../lib/member.tsx';
import { useSession } from '../../lib/session.tsx';
import { useFormats, useTexts } from '../../text/language.tsx';
import { CheckInButton } from './check-in-dialogs.tsx';
import { NewKpiDialog } from './kpi-dialogs.tsx';
import { kpisQuery } from './queries.ts';

export const KpisPage = () => (
  <Page title={useTexts().kpis.kpis}>
    <KpiList organizationId={useOrganization().id} />
  </Page>
);

/** The filter that stands in the address. */
function useKpiFilter(): KpiFilter {
  const { user } = useMember();
  const status = useFilter('status', kpiStatuses);
  const mine = useFilter('role', ['mine']);
  const [team] = useAddressParameter('team');
  const teamId = TeamId.safeParse(team);
  return {
    ...(status === undefined ? {} : { status }),
    ...(mine === undefined ? {} : { assigneeId: user.userId }),
    ...(teamId.success ? { teamId: teamId.data } : {}),
  };
}

const keyOf = ({ id }: Kpi) => id;
const hrefOf = ({ organizationId, id }: Kpi) => `/organizations/${organizationId}/kpis/${id}`;

/** What the list shows of each KPI: name, how it does, how far, the latest value, and a check-in for who may. */
function useKpiColumns(): readonly Column<Kpi>[] {
  const { kpis, common } = useTexts();
  const { number, percent } = useFormats();
  return useMemo(
    () => [
      {
        id: 'name',
        title: kpis.name,
        cell: ({ name }) => <bdi>{name}</bdi>,
        text: ({ name }) => name,
        sort: ({ name }) => name,
      },
      {
        id: 'status',
        title: kpis.status,
        width: 140,
        cell: ({ status }) => <KpiStatusBadge status={status} />,
        text: ({ status }) => kpis.statuses[status],
        sort: ({ status }) => kpiStatuses.indexOf(status),
      },
      {
        id: 'progress',
        title: kpis.progress,
        width: 130,
        cell: ({ progress, status }) => <KpiProgress progress={progress} status={status} />,
        text: ({ progress }) => (progress === null ? '' : percent(progress)),
        sort: ({ progress }) => progress,
        phone: 'hidden',
      },
      {
        id: 'latest',
        title: kpis.latest,
        cell: (kpi) => <KpiLatest kpi={kpi} />,
        text: ({ latest, unit }) => (latest === null ? '' : `${number(latest.value)} ${unit}`),
        sort: ({ latest }) => latest?.at,
        phone: 'fact',
      },
      {
        id: 'actions',
        title: common.actions,
        width: 120,
        actions: true,
        cell: (kpi) => <QuickCheckIn kpi={kpi} />,
      },
    ],
    [kpis, common, number, percent],
  );
}

/** The KPIs that the reader may see, each with how it does and the way to report on it. */
export function KpiList({ organizationId }: { readonly organizationId: OrganizationId }) {
  const { api } = useSession();
  const { kpis } = useTexts();
  const filter = useKpiFilter();
  const pageSize = usePageSize();
  const [creating, { open, close }] = useDisclosure(false);
  const isFiltered = Object.keys(filter).length > 0;
  const query = useInfiniteQuery(kpisQuery(api, organizationId, { ...filter, limit: pageSize.rows }));
  const columns = useKpiColumns();
  const filters = useFilters(organizationId);
  const mayCreate = useMayToSome()('create', 'Kpi');
  return (
    <>
      <ListTable
        name="kpis"
        label={kpis.kpis}
        columns={columns}
        query={query}
        keyOf={keyOf}
        hrefOf={hrefOf}
        pageSize={pageSize}
        filters={filters}
        actions={mayCreate && <Button onClick={open}>{kpis.newKpi}</Button>}
        empty={
          isFiltered ? (
            <NoMatch title={kpis.noMatch} />
          ) : (
            <Empty title={kpis.noKpis}>{mayCreate ? kpis.noKpisAdmin : kpis.noKpisMember}</Empty>
          )
        }
      />
      {creating && <NewKpiDialog organizationId={organizationId} onClose={close} />}
    </>
  );
}

function QuickCheckIn({ kpi }: { readonly kpi: Kpi }) {
  const may = useMay(kpi.organizationId);
  return may('create', 'CheckIn', instanceOfKpi(kpi)) ? <CheckInButton kpi={kpi} compact /> : null;
}

/** By what the list can be narrowed. */
function useFilters(organizationId: OrganizationId): readonly Filter[] {
  const { api } = useSession();
  const { kpis } = useTexts();
  const { data } = useQuery(teamChoicesQuery(api, organizationId));
  return [
    {
      name: 'status',
      label: kpis.status,
      choices: kpiStatuses.map((value) => ({ value, label: kpis.statuses[value] })),
    },
    { name: 'role', label: kpis.mine, choices: [{ value: 'mine', label: kpis.onlyMine }] },
    {
      name: 'team',
      label: kpis.team,
      choices: (data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
    },
  ];
}
