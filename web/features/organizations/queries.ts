import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { OrganizationId } from '../../../domain/ids.ts';
import { organizationsRoutes } from '../../../functions/http/routes/organizations.routes.ts';
import { paging } from '../../components/paged-list.tsx';
import type { CallApi } from '../../lib/api.ts';

/** Everything that is known of organizations; a change of one makes all of it old. */
export const organizationsKey = ['organizations'] as const;

export const organizationsQuery = (api: CallApi, search: string) =>
  infiniteQueryOptions({
    ...paging,
    queryKey: [...organizationsKey, 'list', search],
    queryFn: ({ pageParam, signal }) =>
      api(organizationsRoutes.listOrganizations, {
        query: { search: search || undefined, cursor: pageParam, limit: 50 },
        signal,
      }),
  });

export const organizationQuery = (api: CallApi, organizationId: OrganizationId) =>
  queryOptions({
    queryKey: [...organizationsKey, organizationId],
    queryFn: ({ signal }) => api(organizationsRoutes.getOrganization, { params: { organizationId }, signal }),
  });
