import { Anchor, Button, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { ListedOrganization } from '../../../domain/organization/organization.schema.ts';
import { Plan, StandingBadge } from '../../components/badges.tsx';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { PagedList } from '../../components/paged-list.tsx';
import { Empty } from '../../components/states.tsx';
import { Day } from '../../components/time.tsx';
import { useAddressParameter } from '../../lib/address.ts';
import { useSession } from '../../lib/session.tsx';
import { standingOf } from '../../lib/standing.ts';
import { organizationsQuery } from './queries.ts';

const columns: readonly Column<ListedOrganization>[] = [
  {
    title: 'Name',
    cell: ({ id, name }) => (
      <Anchor component={Link} to={`/admin/organizations/${id}`} fw={600} ta="left">
        {name}
      </Anchor>
    ),
  },
  {
    title: 'Status',
    cell: (organization) => <StandingBadge standing={standingOf(organization, new Date())} />,
  },
  { title: 'Plan', cell: ({ subscription }) => <Plan plan={subscription.plan} /> },
  {
    title: 'Plan ends',
    cell: ({ subscription: { endDate } }) => (endDate === undefined ? 'No end' : <Day at={endDate} />),
  },
  { title: 'Users', numeric: true, cell: ({ counts }) => counts.users },
  { title: 'Open invitations', numeric: true, cell: ({ counts }) => counts.pendingInvitations },
  { title: 'Customer since', cell: ({ createdAt }) => <Day at={createdAt} /> },
];

const typingMilliseconds = 200;

/** All organizations by name, found while one types. The search stands in the address. */
export function OrganizationList() {
  const { api } = useSession();
  const [search, onSearch] = useAddressParameter('search');
  const [typed, setTyped] = useState(search);
  const [settled] = useDebouncedValue(typed, typingMilliseconds);
  useEffect(() => {
    if (settled !== search) onSearch(settled);
  }, [settled, search, onSearch]);
  const query = useInfiniteQuery(organizationsQuery(api, search));
  return (
    <>
      <TextInput
        type="search"
        label="Find an organization"
        description="By words of its name, its contact’s e-mail or its external id"
        value={typed}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        maw={420}
      />
      <PagedList query={query} empty={<NothingFound search={search} onClear={() => setTyped('')} />}>
        {(items) => (
          <>
            <Text size="sm" c="dimmed" aria-live="polite">
              {items.length === 1 ? '1 organization' : `${items.length} organizations`}
              {query.hasNextPage ? ' so far' : ''}
            </Text>
            <DataTable label="Organizations" columns={columns} items={items} keyOf={({ id }) => id} />
          </>
        )}
      </PagedList>
    </>
  );
}

function NothingFound({ search, onClear }: { readonly search: string; readonly onClear: () => void }) {
  if (search !== '')
    return (
      <Empty
        title={`No organization has words that begin with “${search}”`}
        action={
          <Button variant="default" onClick={onClear}>
            Show all
          </Button>
        }
      />
    );
  return (
    <Empty
      title="No organizations yet"
      action={
        <Button component={Link} to="/admin/organizations/new">
          Create the first one
        </Button>
      }
    >
      Create one and invite its first admin; everything else they can do themselves.
    </Empty>
  );
}
