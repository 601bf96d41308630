import { Text } from '@mantine/core';
import IconUsersGroup from '@tabler/icons-react/icons/IconUsersGroup';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { OrganizationId } from '../../../domain/ids.ts';
import { type TeamSummary, teamNameKey } from '../../../domain/team/team.schema.ts';
import { Day } from '../../components/labels.tsx';
import { NewButton, Page } from '../../components/page.tsx';
import { NoMatch } from '../../components/query-view.tsx';
import { Empty } from '../../components/states.tsx';
import type { Column } from '../../components/table/column.ts';
import { ListTable } from '../../components/table/list-table.tsx';
import { useAddressDialog, useAddressParameter } from '../../lib/address.ts';
import { useMay, useOrganization } from '../../lib/member.tsx';
import { useSession } from '../../lib/session.tsx';
import { useFormats, useTexts } from '../../text/language.tsx';
import { teamsQuery } from './queries.ts';
import { NewTeamDialog } from './team-dialogs.tsx';
import { Who } from './who.tsx';

export const TeamsPage = () => (
  <Page title={useTexts().teams.teams}>
    <TeamList organizationId={useOrganization().id} />
  </Page>
);

const keyOf = ({ id }: TeamSummary) => id;
const hrefOf = ({ organizationId, id }: TeamSummary) => `/organizations/${organizationId}/teams/${id}`;

/** The columns of the list of teams. */
function useTeamColumns(): readonly Column<TeamSummary>[] {
  const { teams, kpis } = useTexts();
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
        id: 'leader',
        title: teams.leader,
        cell: ({ id, organizationId, leaderId, leaderName }) =>
          leaderId === undefined ? (
            <Text size="sm" c="dimmed" span>
              {teams.noLeader}
            </Text>
          ) : (
            <Who
              organizationId={organizationId}
              teamId={id}
              userId={leaderId}
              name={leaderName ?? teams.unknownLead}
            />
          ),
        text: ({ leaderName = '' }) => leaderName,
        sort: ({ leaderName }) => leaderName,
        phone: 'fact',
      },
      {
        id: 'members',
        title: teams.members,
        width: 100,
        numeric: true,
        cell: ({ memberCount }) => memberCount,
        sort: ({ memberCount }) => memberCount,
        phone: 'fact',
      },
      {
        id: 'kpis',
        title: kpis.kpis,
        width: 80,
        numeric: true,
        cell: ({ kpiCount }) => kpiCount ?? '–',
        sort: ({ kpiCount }) => kpiCount,
        phone: 'hidden',
      },
      {
        id: 'description',
        title: teams.description,
        width: '1.8fr',
        cell: ({ description }) => description ?? '–',
        text: ({ description = '' }) => description,
        phone: 'hidden',
      },
      {
        id: 'created',
        title: teams.created,
        width: 120,
        cell: ({ createdAt }) => <Day at={createdAt} />,
        text: ({ createdAt }) => date(createdAt),
        sort: ({ createdAt }) => createdAt,
      },
    ],
    [teams, kpis, date],
  );
}

const mostPages = 4;

/** Loads all teams, page by page: there are few enough to sort and search them in the browser. */
function useTeams(organizationId: OrganizationId, search: string) {
  const { api } = useSession();
  const words = teamNameKey(search.trim());
  const fits = ({ name, leaderName = '' }: TeamSummary) =>
    teamNameKey(name).includes(words) || teamNameKey(leaderName).includes(words);
  const query = useInfiniteQuery({
    ...teamsQuery(api, organizationId),
    select: ({ pages, pageParams }) => ({
      pageParams,
      pages: pages.map((page) => ({ ...page, items: page.items.filter(fits) })),
    }),
  });
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage, data } = query;
  const wantsMore = hasNextPage && !isFetchingNextPage && !isFetchNextPageError;
  const isWithin = (data?.pages.length ?? 0) < mostPages;
  useEffect(() => {
    if (wantsMore && isWithin) void fetchNextPage({ cancelRefetch: false });
  }, [wantsMore, isWithin, fetchNextPage]);
  return query;
}

/** The teams that the user may see, with a button for a new one where allowed. */
export function TeamList({ organizationId }: { readonly organizationId: OrganizationId }) {
  const { teams } = useTexts();
  const [creating, { open, close }] = useAddressDialog('new-team');
  const [search] = useAddressParameter('search');
  const query = useTeams(organizationId, search);
  const columns = useTeamColumns();
  const mayCreate = useMay(organizationId)('create', 'Team');
  const create = mayCreate && <NewButton title={teams.newTeam} onClick={open} />;
  return (
    <>
      <ListTable
        name="teams"
        label={teams.teams}
        columns={columns}
        query={query}
        keyOf={keyOf}
        hrefOf={hrefOf}
        search={{ label: teams.search }}
        actions={create}
        empty={
          search === '' ? (
            <Empty title={teams.noTeams} icon={IconUsersGroup}>
              {mayCreate ? teams.noTeamsAdmin : teams.noTeamsMember}
            </Empty>
          ) : (
            <NoMatch title={teams.noMatch} />
          )
        }
      />
      {creating && mayCreate && <NewTeamDialog organizationId={organizationId} onClose={close} />}
    </>
  );
}
