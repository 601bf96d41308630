import { queryOptions } from '@tanstack/react-query';
import type { OrganizationId } from '../../domain/ids.ts';
import { teamRoutes } from '../../functions/http/team/routes.ts';
import { userRoutes } from '../../functions/http/user/routes.ts';
import type { CallApi } from './api.ts';
import { peopleKey, teamsKey } from './queries.ts';

const most = 100;

/** The people to choose from in a form or filter: those the user may see. */
export const peopleChoicesQuery = (api: CallApi, organizationId: OrganizationId) =>
  queryOptions({
    queryKey: [...peopleKey(organizationId), 'choices'],
    queryFn: ({ signal }) =>
      api(userRoutes.listUsers, {
        params: { organizationId },
        query: { limit: most, status: 'active' },
        signal,
      }),
  });

/** The teams to choose from in a form or filter: those the user may see. */
export const teamChoicesQuery = (api: CallApi, organizationId: OrganizationId) =>
  queryOptions({
    queryKey: [...teamsKey(organizationId), 'choices'],
    queryFn: ({ signal }) =>
      api(teamRoutes.listTeams, { params: { organizationId }, query: { limit: most }, signal }),
  });
