import { useQuery } from '@tanstack/react-query';
import { type OrganizationId, TeamId, UserId } from '../../../domain/ids.ts';
import type { KpiFilter } from '../../../domain/kpi/kpi.schema.ts';
import { kpiStatuses } from '../../../domain/kpi/kpi-status.schema.ts';
import type { Filter } from '../../components/filter-bar.tsx';
import { useFilter } from '../../components/filters.tsx';
import { useAddressParameter } from '../../lib/address.ts';
import { peopleChoicesQuery, teamChoicesQuery } from '../../lib/choices.ts';
import { useMay, useMember } from '../../lib/member.tsx';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';

const dues = ['now', 'later'] as const;

/** The filter that stands in the address. */
export function useKpiFilter(): KpiFilter {
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

/** By what the list can be narrowed. */
export function useKpiFilters(organizationId: OrganizationId): readonly Filter[] {
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
