import { Anchor, Button, Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type OrganizationId, TeamId } from '../../../domain/ids.ts';
import { instanceOfKpi, type Kpi, type KpiFilter } from '../../../domain/kpi/kpi.schema.ts';
import { kpiStatuses } from '../../../domain/kpi/kpi-status.schema.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { FilterSelect, useFilter } from '../../components/filters.tsx';
import { KpiLatest, KpiProgress, KpiStatusBadge } from '../../components/kpi-status.tsx';
import { Page } from '../../components/page.tsx';
import { NoMatch, PagedList } from '../../components/query-view.tsx';
import { Empty } from '../../components/states.tsx';
import { useAddressParameter } from '../../lib/address.ts';
import { teamChoicesQuery } from '../../lib/choices.ts';
import { useMay, useMayToSome, useMember, useOrganization } from '../../lib/member.tsx';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
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

/** The KPIs that the reader may see, each with how it does and the way to report on it. */
export function KpiList({ organizationId }: { readonly organizationId: OrganizationId }) {
  const { api } = useSession();
  const { kpis } = useTexts();
  const filter = useKpiFilter();
  const mayToSome = useMayToSome();
  const [creating, { open, close }] = useDisclosure(false);
  const isFiltered = Object.keys(filter).length > 0;
  const query = useInfiniteQuery(kpisQuery(api, organizationId, filter));
  const mayCreate = mayToSome('create', 'Kpi');
  return (
    <>
      <Group align="flex-end" gap="sm" justify="space-between">
        <Filters organizationId={organizationId} />
        {mayCreate && <Button onClick={open}>{kpis.newKpi}</Button>}
      </Group>
      <PagedList
        query={query}
        empty={
          isFiltered ? (
            <NoMatch title={kpis.noMatch} />
          ) : (
            <Empty title={kpis.noKpis}>{mayCreate ? kpis.noKpisAdmin : kpis.noKpisMember}</Empty>
          )
        }
      >
        {(items) => <KpiTable items={items} />}
      </PagedList>
      {creating && <NewKpiDialog organizationId={organizationId} onClose={close} />}
    </>
  );
}

/** KPIs as rows: name, how it does, how far, the latest value, and a check-in for who may. */
function KpiTable({ items }: { readonly items: readonly Kpi[] }) {
  const { kpis, common } = useTexts();
  const columns: readonly Column<Kpi>[] = [
    {
      title: kpis.name,
      cell: ({ id, name, organizationId }) => (
        <Anchor component={Link} to={`/organizations/${organizationId}/kpis/${id}`} fw={600}>
          <bdi>{name}</bdi>
        </Anchor>
      ),
    },
    { title: kpis.status, cell: ({ status }) => <KpiStatusBadge status={status} /> },
    {
      title: kpis.progress,
      cell: ({ progress, status }) => <KpiProgress progress={progress} status={status} />,
    },
    {
      title: kpis.latest,
      cell: (kpi) => <KpiLatest kpi={kpi} />,
    },
    { title: common.actions, cell: (kpi) => <QuickCheckIn kpi={kpi} /> },
  ];
  return <DataTable label={kpis.kpis} columns={columns} items={items} keyOf={({ id }) => id} />;
}

function QuickCheckIn({ kpi }: { readonly kpi: Kpi }) {
  const may = useMay(kpi.organizationId);
  return may('create', 'CheckIn', instanceOfKpi(kpi)) ? <CheckInButton kpi={kpi} compact /> : '–';
}

function Filters({ organizationId }: { readonly organizationId: OrganizationId }) {
  const { api } = useSession();
  const { kpis } = useTexts();
  const { data } = useQuery(teamChoicesQuery(api, organizationId));
  return (
    <Group align="flex-end" gap="sm">
      <FilterSelect
        name="status"
        label={kpis.status}
        choices={kpiStatuses.map((value) => ({ value, label: kpis.statuses[value] }))}
      />
      <FilterSelect name="role" label={kpis.mine} choices={[{ value: 'mine', label: kpis.onlyMine }]} />
      <FilterSelect
        name="team"
        label={kpis.team}
        choices={(data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      />
    </Group>
  );
}
