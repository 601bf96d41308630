import { infiniteQueryOptions } from '@tanstack/react-query';
import type { OrganizationId } from '../../../domain/ids.ts';
import type { UserFilter } from '../../../domain/user/user.schema.ts';
import { invitationRoutes } from '../../../functions/http/invitation/routes.ts';
import { userRoutes } from '../../../functions/http/user/routes.ts';
import { paging } from '../../components/query-view.tsx';
import type { CallApi } from '../../lib/api.ts';

const pageSize = 50;

/** An organization's users and invitations; a change of one of them makes both old. */
export const peopleKey = (organizationId: OrganizationId) => ['people', organizationId] as const;

export const usersQuery = (api: CallApi, organizationId: OrganizationId, filter: UserFilter) =>
  infiniteQueryOptions({
    ...paging,
    queryKey: [...peopleKey(organizationId), 'users', filter],
    queryFn: ({ pageParam: cursor, signal }) =>
      api(userRoutes.listUsers, {
        params: { organizationId },
        query: { ...filter, cursor, limit: pageSize },
        signal,
      }),
  });

export const invitationsQuery = (api: CallApi, organizationId: OrganizationId) =>
  infiniteQueryOptions({
    ...paging,
    queryKey: [...peopleKey(organizationId), 'invitations'],
    queryFn: ({ pageParam: cursor, signal }) =>
      api(invitationRoutes.listInvitations, {
        params: { organizationId },
        query: { cursor, limit: pageSize },
        signal,
      }),
  });
