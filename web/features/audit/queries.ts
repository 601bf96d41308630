import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { AuditFilter } from '../../../domain/audit/audit.schema.ts';
import { OrganizationId } from '../../../domain/ids.ts';
import { auditFeedRoutes, auditRoutes } from '../../../functions/http/routes/audit.routes.ts';
import { organizationsRoutes } from '../../../functions/http/routes/organizations.routes.ts';
import { paging } from '../../components/paged-list.tsx';
import { useAddressParameter } from '../../lib/address.ts';
import type { CallApi } from '../../lib/api.ts';

// Entries are written after the change, by the stream: look again for those that are on their way.
const refreshMilliseconds = 5000;

export const trailQuery = (api: CallApi, organizationId: OrganizationId, filter: AuditFilter) =>
  infiniteQueryOptions({
    ...paging,
    queryKey: ['audit', organizationId, filter],
    queryFn: ({ pageParam: cursor, signal }) =>
      api(auditRoutes.listAuditEntries, { params: { organizationId }, query: { ...filter, cursor }, signal }),
    refetchInterval: refreshMilliseconds,
  });

const headEntries = 6;

/** The newest entries of an organization. */
export const trailHeadQuery = (api: CallApi, organizationId: OrganizationId) =>
  queryOptions({
    queryKey: ['audit', organizationId, 'recent'],
    queryFn: ({ signal }) =>
      api(auditRoutes.listAuditEntries, {
        params: { organizationId },
        query: { limit: headEntries },
        signal,
      }),
    refetchInterval: refreshMilliseconds,
  });

interface FeedFilter extends AuditFilter {
  readonly organizationId?: OrganizationId;
}

export const feedQuery = (api: CallApi, filter: FeedFilter) =>
  infiniteQueryOptions({
    ...paging,
    queryKey: ['audit', 'feed', filter],
    queryFn: ({ pageParam: cursor, signal }) =>
      api(auditFeedRoutes.listAuditFeed, { query: { ...filter, cursor }, signal }),
    refetchInterval: refreshMilliseconds,
  });

const mostOrganizations = 100;

/** The organizations to choose from in the feed's filter. */
export const organizationChoicesQuery = (api: CallApi) =>
  queryOptions({
    queryKey: ['organizations', 'choices'],
    queryFn: ({ signal }) =>
      api(organizationsRoutes.listOrganizations, { query: { limit: mostOrganizations }, signal }),
  });

const recentEntries = 5;

/** The first few of the feed, looked at again as often. */
export const recentQuery = (api: CallApi) =>
  queryOptions({
    queryKey: ['audit', 'recent'],
    queryFn: ({ signal }) => api(auditFeedRoutes.listAuditFeed, { query: { limit: recentEntries }, signal }),
    refetchInterval: refreshMilliseconds,
  });

/** The filter that stands in the address. What is no filter the API refuses, with words. */
export function useAuditFilter(): FeedFilter {
  const [actor] = useAddressParameter('actor');
  const [action] = useAddressParameter('action');
  const [resource] = useAddressParameter('resource');
  const [from] = useAddressParameter('from');
  const [to] = useAddressParameter('to');
  const organization = OrganizationId.safeParse(useAddressParameter('organization')[0]);
  return {
    ...(actor === '' ? {} : { actor }),
    ...(action === '' ? {} : { action }),
    ...(resource === '' ? {} : { resource }),
    ...(from === '' ? {} : { from }),
    ...(to === '' ? {} : { to }),
    ...(organization.success ? { organizationId: organization.data } : {}),
  };
}
