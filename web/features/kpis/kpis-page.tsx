import { Button } from '@mantine/core';
import IconUpload from '@tabler/icons-react/icons/IconUpload';
import { useQuery } from '@tanstack/react-query';
import { type OrganizationId, TeamId, UserId } from '../../../domain/ids.ts';
import type { KpiFilter } from '../../../domain/kpi/kpi.schema.ts';
import { kpiStatuses } from '../../../domain/kpi/kpi-status.schema.ts';
import type { Filter } from '../../components/filter-bar.tsx';
import { useFilter } from '../../components/filters.tsx';
import { NewButton, Page } from '../../components/page.tsx';
import { NoMatch } from '../../components/query-view.tsx';
import { Empty } from '../../components/states.tsx';
import { ListTable } from '../../components/table/list-table.tsx';
import { useAddressDialog, useAddressParameter } from '../../lib/address.ts';
import { peopleChoicesQuery, teamChoicesQuery } from '../../lib/choices.ts';
import { useMay, useMayToSome, useMember, useOrganization } from '../../lib/member.tsx';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import { ImportCheckIns } from './import-check-ins.tsx';
import { NewKpiDialog } from './kpi-dialogs.tsx';
import { useKpiList } from './kpi-list.tsx';

const dues = ['now', 'later'] as const;

/** The filter from the URL. */
function useKpiFilter(): KpiFilter {
  const { user } = useMember();
  const status = useFilter('status', kpiStatuses);
  const due = useFilter('due', dues);
  const mine = useFilter('role', ['mine']);
  const [team] = useAddressParameter('team');
  const [owner] = useAddressParameter('owner');
  const [typed] = useAddressParameter('search');
  const teamId = TeamId.safeParse(team);
  const ownerId = UserId.safeParse(owner);
  const search = typed.trim();
  return {
    ...(status === undefined ? {} : { status }),
    ...(due === undefined ? {} : { due }),
    ...(mine === undefined ? {} : { assigneeId: user.userId }),
    ...(teamId.success ? { teamId: teamId.data } : {}),
    ...(ownerId.success ? { ownerId: ownerId.data } : {}),
    ...(search === '' ? {} : { search: search.slice(0, 120) }),
  };
}

/** The available filters. */
function useKpiFilters(organizationId: OrganizationId): readonly Filter[] {
  const { api } = useSession();
  const { kpis } = useTexts();
  const seesPeople = useMay(organizationId)('list', 'User');
  const teams = useQuery(teamChoicesQuery(api, organizationId));
  const people = useQuery({ ...peopleChoicesQuery(api, organizationId), enabled: seesPeople });
  const owners = (people.data?.items ?? []).map(({ userId, name }) => ({ value: userId, label: name }));
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
      choices: (teams.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
    },
    ...(seesPeople ? [{ name: 'owner', label: kpis.owner, choices: owners }] : []),
    {
      name: 'due',
      label: kpis.due,
      choices: dues.map((value) => ({ value, label: kpis.dues[value] })),
    },
  ];
}

export const KpisPage = () => (
  <Page title={useTexts().kpis.kpis}>
    <KpiList organizationId={useOrganization().id} />
  </Page>
);

/** The KPIs that the user may see, each with its status and a check-in. */
export function KpiList({ organizationId }: { readonly organizationId: OrganizationId }) {
  const { kpis } = useTexts();
  const filter = useKpiFilter();
  const [creating, { open, close }] = useAddressDialog('new-kpi');
  const list = useKpiList(organizationId, filter);
  const filters = useKpiFilters(organizationId);
  const mayCreate = useMayToSome()('create', 'Kpi');
  const [importing, imports] = useAddressDialog('import-check-ins');
  const mayReport = useMayToSome()('create', 'CheckIn');
  const actions = (
    <>
      {mayReport && (
        <Button variant="default" leftSection={<IconUpload size={16} aria-hidden />} onClick={imports.open}>
          {kpis.imports.open}
        </Button>
      )}
      {mayCreate && <NewButton title={kpis.newKpi} onClick={open} />}
    </>
  );
  return (
    <>
      <ListTable
        name="kpis"
        {...list}
        search={{ label: kpis.search, description: kpis.searchHint }}
        filters={filters}
        actions={actions}
        empty={<Nothing filter={filter} mayCreate={mayCreate} />}
      />
      {creating && <NewKpiDialog organizationId={organizationId} onClose={close} />}
      {importing && mayReport && <ImportCheckIns organizationId={organizationId} onClose={imports.close} />}
    </>
  );
}

interface NothingProps {
  readonly filter: KpiFilter;
  readonly mayCreate: boolean;
}

/** Shown instead of an empty list: nothing to report, nothing found, or nothing yet. */
function Nothing({ filter, mayCreate }: NothingProps) {
  const { kpis } = useTexts();
  const { due, ...rest } = filter;
  if (due === 'now' && Object.keys(rest).every((name) => name === 'assigneeId'))
    return <Empty title={kpis.allDone}>{kpis.allDoneText}</Empty>;
  if (Object.keys(filter).length > 0) return <NoMatch title={kpis.noMatch} />;
  return <Empty title={kpis.noKpis}>{mayCreate ? kpis.noKpisAdmin : kpis.noKpisMember}</Empty>;
}
