import { useInfiniteQuery } from '@tanstack/react-query';
import type { OrganizationId } from '../../../domain/ids.ts';
import type { User } from '../../../domain/user/user.schema.ts';
import { RoleBadge } from '../../components/badges.tsx';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { PagedList } from '../../components/paged-list.tsx';
import { Person } from '../../components/person.tsx';
import { Empty } from '../../components/states.tsx';
import { Time } from '../../components/time.tsx';
import { useMay } from '../../lib/access.ts';
import { useSession } from '../../lib/session.tsx';
import { usersQuery } from './queries.ts';
import { UserActions } from './user-actions.tsx';

const columns: readonly Column<User>[] = [
  { title: 'Person', cell: ({ name, email }) => <Person name={name} email={email} /> },
  { title: 'Role', cell: ({ role }) => <RoleBadge role={role} /> },
  { title: 'Joined', cell: ({ createdAt }) => <Time at={createdAt} /> },
];

/** The users of an organization, and what the reader may do with them. */
export function Users({ organizationId }: { readonly organizationId: OrganizationId }) {
  const { api } = useSession();
  const may = useMay(organizationId);
  const query = useInfiniteQuery(usersQuery(api, organizationId));
  const actions: Column<User> = { title: 'Actions', cell: (user) => <UserActions user={user} /> };
  return (
    <PagedList
      query={query}
      empty={<Empty title="No users yet">Whoever accepts an invitation appears here.</Empty>}
    >
      {(items) => (
        <DataTable
          label="Users"
          columns={may('update', 'User') ? [...columns, actions] : columns}
          items={items}
          keyOf={({ userId }) => userId}
        />
      )}
    </PagedList>
  );
}
