import { infiniteQueryOptions } from '@tanstack/react-query';
import type { OrganizationId } from '../../../domain/ids.ts';
import type { UserFilter } from '../../../domain/user/user.schema.ts';
import { invitationRoutes } from '../../../functions/http/invitation/routes.ts';
import { userRoutes } from '../../../functions/http/user/routes.ts';
import { paging } from '../../components/query-view.tsx';
import type { CallApi } from '../../lib/api.ts';

interface Limit {
  /** How many are read at a time. */
  readonly limit: number;
}

/** An organization's users and invitations; a change of one of them makes both old. */
export const peopleKey = (organizationId: OrganizationId) => ['people', organizationId] as const;

export const usersQuery = (api: CallApi, organizationId: OrganizationId, asked: UserFilter & Limit) =>
  infiniteQueryOptions({
    ...paging,
    queryKey: [...peopleKey(organizationId), 'users', asked],
    queryFn: ({ pageParam: cursor, signal }) =>
      api(userRoutes.listUsers, {
        params: { organizationId },
        query: { ...asked, cursor },
        signal,
      }),
  });

export const invitationsQuery = (api: CallApi, organizationId: OrganizationId, { limit }: Limit) =>
  infiniteQueryOptions({
    ...paging,
    queryKey: [...peopleKey(organizationId), 'invitations', limit],
    queryFn: ({ pageParam: cursor, signal }) =>
      api(invitationRoutes.listInvitations, {
        params: { organizationId },
        query: { cursor, limit },
        signal,
      }),
  });
