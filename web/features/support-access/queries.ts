import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { OrganizationId, SupportAccessId } from '../../../domain/ids.ts';
import { supportAccessRoutes } from '../../../functions/http/support-access/routes.ts';
import { notify, useErrorNotice } from '../../components/notify.tsx';
import { paging } from '../../components/query-view.tsx';
import type { CallApi } from '../../lib/api.ts';
import { useChange } from '../../lib/change.ts';
import { useSession } from '../../lib/session.tsx';
import { supportKey, useBeginAnew } from '../../lib/visit.tsx';

/** Support accesses to an organization, newest first. */
export const supportAccessesQuery = (api: CallApi, organizationId: OrganizationId) =>
  infiniteQueryOptions({
    ...paging,
    queryKey: [...supportKey(organizationId), 'all'],
    queryFn: ({ pageParam: cursor, signal }) =>
      api(supportAccessRoutes.listSupportAccess, {
        params: { organizationId },
        query: { limit: '10', cursor },
        signal,
      }),
  });

const watchedMilliseconds = 60_000;

/** The newest support accesses, so that admins notice open ones and requests; polled once a minute. */
export const newestSupportQuery = (api: CallApi, organizationId: OrganizationId) =>
  queryOptions({
    queryKey: [...supportKey(organizationId), 'newest'],
    queryFn: ({ signal }) =>
      api(supportAccessRoutes.listSupportAccess, {
        params: { organizationId },
        query: { limit: '5' },
        signal,
      }),
    staleTime: watchedMilliseconds,
    refetchInterval: watchedMilliseconds,
    refetchOnWindowFocus: 'always',
  });

/** Ends a support access or a request. */
export function useEnd(organizationId: OrganizationId, message: string) {
  const { api } = useSession();
  const beginAnew = useBeginAnew();
  const say = useErrorNotice();
  return useChange({
    mutationFn: (supportAccessId: SupportAccessId, key) =>
      api(supportAccessRoutes.endSupportAccess, { params: { organizationId, supportAccessId }, key }),
    onSuccess: () => notify({ message }),
    onError: say,
    onSettled: () => beginAnew(organizationId),
  });
}
