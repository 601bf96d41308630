import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { OrganizationId } from '../../../domain/ids.ts';
import type { TeamSummary } from '../../../domain/team/team.schema.ts';
import { Day } from '../../components/labels.tsx';
import { Page } from '../../components/page.tsx';
import { Empty } from '../../components/states.tsx';
import type { Column } from '../../components/table/column.ts';
import { ListTable } from '../../components/table/list-table.tsx';
import { useMay, useOrganization } from '../../lib/member.tsx';
import { useSession } from '../../lib/session.tsx';
import { useFormats, useTexts } from '../../text/language.tsx';
import { teamsQuery } from './queries.ts';
import { NewTeamDialog } from './team-dialogs.tsx';

export const TeamsPage = () => (
  <Page title={useTexts().teams.teams}>
    <TeamList organizationId={useOrganization().id} />
  </Page>
);

const keyOf = ({ id }: TeamSummary) => id;
const hrefOf = ({ organizationId, id }: TeamSummary) => `/organizations/${organizationId}/teams/${id}`;

/** What the list shows of each team. */
function useTeamColumns(): readonly Column<TeamSummary>[] {
  const { teams } = useTexts();
  const { date } = useFormats();
  return useMemo(
    () => [
      {
        id: 'name',
        title: teams.name,
        cell: ({ name }) => <bdi>{name}</bdi>,
        text: ({ name }) => name,
        sort: ({ name }) => name,
      },
      {
        id: 'description',
        title: teams.description,
        cell: ({ description }) => description ?? '–',
        text: ({ description = '' }) => description,
        phone: 'hidden',
      },
      {
        id: 'members',
        title: teams.members,
        width: 110,
        numeric: true,
        cell: ({ memberCount }) => memberCount,
        sort: ({ memberCount }) => memberCount,
        phone: 'fact',
      },
      {
        id: 'leader',
        title: teams.leader,
        cell: ({ leaderId }) => (leaderId === undefined ? teams.noLeader : teams.hasLeader),
        phone: 'fact',
      },
      {
        id: 'created',
        title: teams.created,
        width: 140,
        cell: ({ createdAt }) => <Day at={createdAt} />,
        text: ({ createdAt }) => date(createdAt),
        sort: ({ createdAt }) => createdAt,
      },
    ],
    [teams, date],
  );
}

/** The teams that the reader may see, and the way to a new one. */
export function TeamList({ organizationId }: { readonly organizationId: OrganizationId }) {
  const { api } = useSession();
  const { teams } = useTexts();
  const [creating, { open, close }] = useDisclosure(false);
  const query = useInfiniteQuery(teamsQuery(api, organizationId));
  const columns = useTeamColumns();
  const mayCreate = useMay(organizationId)('create', 'Team');
  return (
    <>
      <ListTable
        name="teams"
        label={teams.teams}
        columns={columns}
        query={query}
        keyOf={keyOf}
        hrefOf={hrefOf}
        actions={mayCreate && <Button onClick={open}>{teams.newTeam}</Button>}
        empty={<Empty title={teams.noTeams}>{mayCreate ? teams.noTeamsAdmin : teams.noTeamsMember}</Empty>}
      />
      {creating && <NewTeamDialog organizationId={organizationId} onClose={close} />}
    </>
  );
}
