import { Anchor, Button, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { OrganizationId } from '../../../domain/ids.ts';
import type { TeamSummary } from '../../../domain/team/team.schema.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Day } from '../../components/labels.tsx';
import { Page } from '../../components/page.tsx';
import { PagedList } from '../../components/query-view.tsx';
import { Empty } from '../../components/states.tsx';
import { useMay, useOrganization } from '../../lib/member.tsx';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import { teamsQuery } from './queries.ts';
import { NewTeamDialog } from './team-dialogs.tsx';

export const TeamsPage = () => (
  <Page title={useTexts().teams.teams}>
    <TeamList organizationId={useOrganization().id} />
  </Page>
);

/** The teams that the reader may see, and the way to a new one. */
export function TeamList({ organizationId }: { readonly organizationId: OrganizationId }) {
  const { api } = useSession();
  const { teams } = useTexts();
  const may = useMay(organizationId);
  const [creating, { open, close }] = useDisclosure(false);
  const query = useInfiniteQuery(teamsQuery(api, organizationId));
  const mayCreate = may('create', 'Team');
  const columns: readonly Column<TeamSummary>[] = [
    {
      title: teams.name,
      cell: ({ id, name, description }) => (
        <div>
          <Anchor component={Link} to={`/organizations/${organizationId}/teams/${id}`} fw={600}>
            <bdi>{name}</bdi>
          </Anchor>
          {description !== undefined && (
            <Text size="sm" c="dimmed" lineClamp={2}>
              {description}
            </Text>
          )}
        </div>
      ),
    },
    { title: teams.members, numeric: true, cell: ({ memberCount }) => memberCount },
    {
      title: teams.leader,
      cell: ({ leaderId }) => (leaderId === undefined ? teams.noLeader : teams.hasLeader),
    },
    { title: teams.created, cell: ({ createdAt }) => <Day at={createdAt} /> },
  ];
  return (
    <>
      {mayCreate && (
        <Group>
          <Button onClick={open}>{teams.newTeam}</Button>
        </Group>
      )}
      <PagedList
        query={query}
        empty={<Empty title={teams.noTeams}>{mayCreate ? teams.noTeamsAdmin : teams.noTeamsMember}</Empty>}
      >
        {(items) => <DataTable label={teams.teams} columns={columns} items={items} keyOf={({ id }) => id} />}
      </PagedList>
      {creating && <NewTeamDialog organizationId={organizationId} onClose={close} />}
    </>
  );
}
