import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type * as z from 'zod/mini';
import type { OrganizationId } from '../../../domain/ids.ts';
import type { OrganizationListQuery } from '../../../domain/organization/organization.schema.ts';
import { organizationsRoutes } from '../../../functions/http/organization/platform-routes.ts';
import { usageRoutes } from '../../../functions/http/usage/routes.ts';
import { paging } from '../../components/query-view.tsx';
import type { CallApi } from '../../lib/api.ts';
import { daysAgo } from '../../lib/dates.ts';
import type { Found, Wanted } from '../../lib/feature.ts';
import { organizationsKey } from '../../lib/queries.ts';

/** The list's query parameters, without paging. */
export type OrganizationFilter = Omit<z.input<typeof OrganizationListQuery>, 'cursor' | 'limit'>;

export const organizationsQuery = (api: CallApi, asked: OrganizationFilter & { readonly limit: number }) =>
  infiniteQueryOptions({
    ...paging,
    queryKey: [...organizationsKey, 'list', asked],
    queryFn: ({ pageParam: cursor, signal }) =>
      api(organizationsRoutes.listOrganizations, { query: { ...asked, cursor }, signal }),
  });

export const organizationQuery = (api: CallApi, organizationId: OrganizationId) =>
  queryOptions({
    queryKey: [...organizationsKey, organizationId],
    queryFn: ({ signal }) => api(organizationsRoutes.getOrganization, { params: { organizationId }, signal }),
  });

export const subscriptionHistoryQuery = (api: CallApi, organizationId: OrganizationId) =>
  infiniteQueryOptions({
    ...paging,
    queryKey: [...organizationsKey, organizationId, 'subscription'],
    queryFn: ({ pageParam: cursor, signal }) =>
      api(organizationsRoutes.getSubscriptionHistory, {
        params: { organizationId },
        query: { cursor },
        signal,
      }),
  });

const lookBackDays = 7;

/** An organization's latest figures; null if none were computed in the last week. */
export const latestFiguresQuery = (api: CallApi, organizationId: OrganizationId) =>
  queryOptions({
    queryKey: ['usage', organizationId, 'latest'],
    queryFn: ({ signal }) =>
      api(usageRoutes.listUsage, {
        params: { organizationId },
        query: { from: daysAgo(lookBackDays, new Date()), to: daysAgo(0, new Date()) },
        signal,
      }),
    select: ({ items }) => items.at(-1) ?? null,
  });

const most = 6;

/** Finds organizations by name, contact's email address or external id. */
export async function findOrganizations({ api, words, signal }: Wanted): Promise<readonly Found[]> {
  const { items } = await api(organizationsRoutes.listOrganizations, {
    query: { search: words, limit: most },
    signal,
  });
  return items.map(({ id, name }) => ({ id, label: name, to: `/admin/organizations/${id}` }));
}
