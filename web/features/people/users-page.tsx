import { Button } from '@mantine/core';
import IconMail from '@tabler/icons-react/icons/IconMail';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { OrganizationRole } from '../../../domain/access/roles.schema.ts';
import { type OrganizationId, TeamId } from '../../../domain/ids.ts';
import type { User } from '../../../domain/user/profile.schema.ts';
import { type UserFilter, userOrders } from '../../../domain/user/user.schema.ts';
import { useFilter } from '../../components/filters.tsx';
import { Page } from '../../components/page.tsx';
import { NoMatch } from '../../components/query-view.tsx';
import { Empty } from '../../components/states.tsx';
import { ListTable } from '../../components/table/list-table.tsx';
import { useServerOrder } from '../../components/table/order.ts';
import { usePageSize } from '../../components/table/page-size.ts';
import { useAddressParameter } from '../../lib/address.ts';
import { useMayToSome, useOrganization } from '../../lib/member.tsx';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import { useUserBulkActions } from './bulk-users.tsx';
import { usersQuery } from './queries.ts';
import { useTeamNames, useUserColumns } from './user-columns.tsx';

export const UsersPage = () => (
  <Page title={useTexts().people.users}>
    <Users organizationId={useOrganization().id} />
  </Page>
);

const statuses = ['active', 'deactivated'] as const;

/** The filter from the URL; invalid values are ignored. */
function useUserFilter(): UserFilter {
  const [search] = useAddressParameter('search');
  const [team] = useAddressParameter('team');
  const role = useFilter('role', OrganizationRole.options);
  const status = useFilter('status', statuses);
  const teamId = TeamId.safeParse(team);
  return {
    ...(search.trim() === '' ? {} : { search }),
    ...(role === undefined ? {} : { role }),
    ...(status === undefined ? {} : { status }),
    ...(teamId.success ? { teamId: teamId.data } : {}),
  };
}

const keyOf = ({ userId }: User) => userId;
const hrefOf = ({ organizationId, userId }: User) => `/organizations/${organizationId}/users/${userId}`;

/** The users of an organization, with filters in the URL and the available actions. */
export function Users({ organizationId }: { readonly organizationId: OrganizationId }) {
  const { api } = useSession();
  const { people } = useTexts();
  const filter = useUserFilter();
  const pageSize = usePageSize();
  const order = useServerOrder(userOrders);
  const columns = useUserColumns(organizationId);
  const bulk = useUserBulkActions(organizationId);
  const filters = useFilters(organizationId);
  const list = { sort: 'name', ...order, ...filter, limit: pageSize.rows } as const;
  const query = useInfiniteQuery(usersQuery(api, organizationId, list));
  const mayInvite = useMayToSome()('create', 'Invitation');
  const invite = mayInvite && (
    <Button
      component={Link}
      to={`/organizations/${organizationId}/invitations?dialog=invite`}
      leftSection={<IconMail size={16} aria-hidden />}
    >
      {people.invitePeople}
    </Button>
  );
  const isFiltered = Object.keys(filter).length > 0;
  return (
    <ListTable
      name="users"
      label={people.users}
      columns={columns}
      query={query}
      keyOf={keyOf}
      hrefOf={hrefOf}
      usualOrder="name"
      bulk={bulk}
      pageSize={pageSize}
      search={{ label: people.findUser, description: people.findUserHint }}
      filters={filters}
      actions={invite}
      empty={
        isFiltered ? (
          <NoMatch title={people.noMatch} />
        ) : (
          <Empty title={people.noUsers}>{people.noUsersText}</Empty>
        )
      }
    />
  );
}

function useFilters(organizationId: OrganizationId) {
  const { people, common } = useTexts();
  const names = useTeamNames(organizationId);
  return [
    {
      name: 'role',
      label: people.role,
      choices: OrganizationRole.options.map((value) => ({ value, label: common.roles[value] })),
    },
    {
      name: 'status',
      label: people.status,
      choices: statuses.map((value) => ({ value, label: people[value] })),
    },
    {
      name: 'team',
      label: people.team,
      choices: [...names].map(([value, label]) => ({ value, label })),
    },
  ];
}
