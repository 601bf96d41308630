import { Badge, Group } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { OrganizationRole } from '../../../domain/access/roles.schema.ts';
import { type OrganizationId, TeamId } from '../../../domain/ids.ts';
import type { User } from '../../../domain/user/profile.schema.ts';
import type { UserFilter } from '../../../domain/user/user.schema.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { FilterSelect, SearchField, useFilter } from '../../components/filters.tsx';
import { Person, RoleBadge, Time } from '../../components/labels.tsx';
import { Page } from '../../components/page.tsx';
import { NoMatch, PagedList } from '../../components/query-view.tsx';
import { Empty } from '../../components/states.tsx';
import { useAddressParameter } from '../../lib/address.ts';
import { useMay, useOrganization } from '../../lib/member.tsx';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
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

/** The users of an organization, found and filtered by the address, and what the reader may do with them. */
export function Users({ organizationId }: { readonly organizationId: OrganizationId }) {
  const { api } = useSession();
  const { people, common } = useTexts();
  const may = useMay(organizationId);
  const filter = useUserFilter();
  const isFiltered = Object.keys(filter).length > 0;
  const query = useInfiniteQuery(usersQuery(api, organizationId, filter));
  const columns: readonly Column<User>[] = [
    { title: people.person, cell: ({ name, email }) => <Person name={name} email={email} /> },
    { title: people.role, cell: ({ role }) => <RoleBadge role={role} /> },
    { title: people.status, cell: ({ status }) => <State status={status} /> },
    { title: people.teams, numeric: true, cell: ({ teams }) => Object.keys(teams).length },
    { title: people.joined, cell: ({ createdAt }) => <Time at={createdAt} /> },
  ];
  const actions: Column<User> = { title: common.actions, cell: (user) => <UserActions user={user} /> };
  return (
    <>
      <Filters />
      <PagedList
        query={query}
        empty={
          isFiltered ? (
            <NoMatch title={people.noMatch} />
          ) : (
            <Empty title={people.noUsers}>{people.noUsersText}</Empty>
          )
        }
      >
        {(items) => (
          <DataTable
            label={people.users}
            columns={may('update', 'User') ? [...columns, actions] : columns}
            items={items}
            keyOf={({ userId }) => userId}
          />
        )}
      </PagedList>
    </>
  );
}

function Filters() {
  const { people, common } = useTexts();
  const roles = OrganizationRole.options.map((value) => ({ value, label: common.roles[value] }));
  return (
    <Group align="flex-end" gap="sm">
      <SearchField label={people.findUser} description={people.findUserHint} />
      <FilterSelect name="role" label={people.role} choices={roles} />
      <FilterSelect
        name="status"
        label={people.status}
        choices={statuses.map((value) => ({ value, label: people[value] }))}
      />
    </Group>
  );
}
