import { Badge } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { OrganizationRole } from '../../../domain/access/roles.schema.ts';
import { type OrganizationId, TeamId } from '../../../domain/ids.ts';
import type { User } from '../../../domain/user/profile.schema.ts';
import type { UserFilter } from '../../../domain/user/user.schema.ts';
import { useFilter } from '../../components/filters.tsx';
import { RoleBadge, Time } from '../../components/labels.tsx';
import { Page } from '../../components/page.tsx';
import { NoMatch } from '../../components/query-view.tsx';
import { Empty } from '../../components/states.tsx';
import type { Column } from '../../components/table/column.ts';
import { ListTable } from '../../components/table/list-table.tsx';
import { usePageSize } from '../../components/table/page-size.ts';
import { useAddressParameter } from '../../lib/address.ts';
import { useMay, useOrganization } from '../../lib/member.tsx';
import { useSession } from '../../lib/session.tsx';
import { useFormats, useTexts } from '../../text/language.tsx';
import { usersQuery } from './queries.ts';
import { UserActions } from './user-actions.tsx';

export const UsersPage = () => (
  <Page title={useTexts().people.users}>
    <Users organizationId={useOrganization().id} />
  </Page>
);

const statuses = ['active', 'deactivated'] as const;

/** The filter that stands in the address; a value that is none is left out. */
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

const State = ({ status }: Pick<User, 'status'>) => {
  const { people } = useTexts();
  return (
    <Badge color={status === 'active' ? 'teal' : 'gray'} variant="dot" tt="none" radius="sm">
      {people[status]}
    </Badge>
  );
};

const keyOf = ({ userId }: User) => userId;

/** What the list shows of each user. */
function useUserColumns(organizationId: OrganizationId): readonly Column<User>[] {
  const { people, common } = useTexts();
  const { date } = useFormats();
  const mayUpdate = useMay(organizationId)('update', 'User');
  return useMemo(() => {
    const columns: readonly Column<User>[] = [
      {
        id: 'name',
        title: people.person,
        cell: ({ name }) => <bdi>{name}</bdi>,
        text: ({ name }) => name,
        sort: ({ name }) => name,
      },
      {
        id: 'email',
        title: people.email,
        width: '1.4fr',
        cell: ({ email }) => email,
        sort: ({ email }) => email,
      },
      {
        id: 'role',
        title: people.role,
        width: 140,
        cell: ({ role }) => <RoleBadge role={role} />,
        text: ({ role }) => common.roles[role],
        sort: ({ role }) => common.roles[role],
      },
      {
        id: 'status',
        title: people.status,
        width: 130,
        cell: ({ status }) => <State status={status} />,
        text: ({ status }) => people[status],
        sort: ({ status }) => people[status],
      },
      {
        id: 'teams',
        title: people.teams,
        width: 100,
        numeric: true,
        cell: ({ teams }) => Object.keys(teams).length,
        sort: ({ teams }) => Object.keys(teams).length,
      },
      {
        id: 'joined',
        title: people.joined,
        width: 150,
        cell: ({ createdAt }) => <Time at={createdAt} />,
        text: ({ createdAt }) => date(createdAt),
        sort: ({ createdAt }) => createdAt,
      },
    ];
    const actions: Column<User> = {
      id: 'actions',
      title: common.actions,
      width: 56,
      actions: true,
      cell: (user) => <UserActions user={user} />,
    };
    return mayUpdate ? [...columns, actions] : columns;
  }, [people, common, date, mayUpdate]);
}

/** The users of an organization, found and filtered by the address, and what the reader may do with them. */
export function Users({ organizationId }: { readonly organizationId: OrganizationId }) {
  const { api } = useSession();
  const { people, common } = useTexts();
  const filter = useUserFilter();
  const pageSize = usePageSize();
  const isFiltered = Object.keys(filter).length > 0;
  const columns = useUserColumns(organizationId);
  const query = useInfiniteQuery(usersQuery(api, organizationId, { ...filter, limit: pageSize.rows }));
  return (
    <ListTable
      name="users"
      label={people.users}
      columns={columns}
      query={query}
      keyOf={keyOf}
      pageSize={pageSize}
      search={{ label: people.findUser, description: people.findUserHint }}
      filters={[
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
      ]}
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
