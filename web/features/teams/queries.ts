import { infiniteQueryOptions, queryOptions, useQueryClient } from '@tanstack/react-query';
import type { OrganizationId, TeamId, UserId } from '../../../domain/ids.ts';
import type { Team } from '../../../domain/team/team.schema.ts';
import { teamRoutes } from '../../../functions/http/team/routes.ts';
import { userRoutes } from '../../../functions/http/user/routes.ts';
import { useErrorNotice } from '../../components/notify.tsx';
import { paging } from '../../components/query-view.tsx';
import type { CallApi } from '../../lib/api.ts';
import type { Found, Wanted } from '../../lib/feature.ts';
import { peopleKey, teamsKey } from '../../lib/queries.ts';
import { useSession } from '../../lib/session.tsx';

export const teamsQuery = (api: CallApi, organizationId: OrganizationId) =>
  infiniteQueryOptions({
    ...paging,
    queryKey: [...teamsKey(organizationId), 'list'],
    queryFn: ({ pageParam: cursor, signal }) =>
      api(teamRoutes.listTeams, { params: { organizationId }, query: { cursor, limit: 100 }, signal }),
  });

export const teamQuery = (api: CallApi, organizationId: OrganizationId, teamId: TeamId) =>
  queryOptions({
    queryKey: [...teamsKey(organizationId), teamId],
    queryFn: ({ signal }) => api(teamRoutes.getTeam, { params: { organizationId, teamId }, signal }),
  });

const suggested = 20;

/** People whose name or email address starts with the text: candidates for the team. */
export const candidatesQuery = (api: CallApi, organizationId: OrganizationId, search: string) =>
  queryOptions({
    queryKey: [...peopleKey(organizationId), 'candidates', search],
    queryFn: ({ signal }) =>
      api(userRoutes.listUsers, {
        params: { organizationId },
        query: { limit: suggested, status: 'active', ...(search === '' ? {} : { search }) },
        signal,
      }),
  });

/** One person with their current role. */
export const personQuery = (api: CallApi, organizationId: OrganizationId, userId: UserId) =>
  queryOptions({
    queryKey: [...peopleKey(organizationId), 'one', userId],
    queryFn: ({ signal }) =>
      api(userRoutes.getUser, { params: { organizationId, userId }, query: {}, signal }),
  });

const most = 6;

/** Finds teams by words of their name. */
export async function findTeams({ api, organizationId, words, signal }: Wanted): Promise<readonly Found[]> {
  const { items } = await api(teamRoutes.listTeams, {
    params: { organizationId },
    query: { search: words, limit: most },
    signal,
  });
  return items.map(({ id, name }) => ({
    id,
    label: name,
    to: `/organizations/${organizationId}/teams/${id}`,
  }));
}

/** Shared by all changes of a team's members: the response is the whole team and is shown immediately. */
export function useTeamChange({ organizationId, id: teamId }: Team) {
  const { api } = useSession();
  const queries = useQueryClient();
  const onError = useErrorNotice();
  return {
    params: { organizationId, teamId },
    shown: (changed: Team) =>
      void queries.setQueryData(teamQuery(api, organizationId, teamId).queryKey, changed),
    onError,
    onSettled: async () => {
      await Promise.all([
        queries.invalidateQueries({ queryKey: teamsKey(organizationId) }),
        queries.invalidateQueries({ queryKey: peopleKey(organizationId) }),
      ]);
    },
  };
}
