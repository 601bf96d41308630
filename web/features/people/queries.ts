import { infiniteQueryOptions } from '@tanstack/react-query';
import type { OrganizationId } from '../../../domain/ids.ts';
import { organizationRoutes } from '../../../functions/http/routes/organization.routes.ts';
import { paging } from '../../components/paged-list.tsx';
import type { CallApi } from '../../lib/api.ts';

/** An organization's users and invitations; a change of one of them makes both old. */
export const peopleKey = (organizationId: OrganizationId) => ['people', organizationId] as const;

export const usersQuery = (api: CallApi, organizationId: OrganizationId) =>
  infiniteQueryOptions({
    ...paging,
    queryKey: [...peopleKey(organizationId), 'users'],
    queryFn: ({ pageParam: cursor, signal }) =>
      api(organizationRoutes.listUsers, { params: { organizationId }, query: { cursor, limit: 50 }, signal }),
  });

export const invitationsQuery = (api: CallApi, organizationId: OrganizationId) =>
  infiniteQueryOptions({
    ...paging,
    queryKey: [...peopleKey(organizationId), 'invitations'],
    queryFn: ({ pageParam: cursor, signal }) =>
      api(organizationRoutes.listInvitations, {
        params: { organizationId },
        query: { cursor, limit: 50 },
        signal,
      }),
  });
