import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { KpiId, OrganizationId } from '../../../domain/ids.ts';
import type { KpiFilter, KpiOrder } from '../../../domain/kpi/kpi.schema.ts';
import { checkInRoutes } from '../../../functions/http/check-in/routes.ts';
import { kpiRoutes } from '../../../functions/http/kpi/routes.ts';
import { paging } from '../../components/query-view.tsx';
import type { CallApi } from '../../lib/api.ts';
import type { Found, Wanted } from '../../lib/feature.ts';
import { kpisKey } from '../../lib/queries.ts';

const most = 100;

export const kpisQuery = (
  api: CallApi,
  organizationId: OrganizationId,
  asked: KpiFilter & Partial<KpiOrder> & { readonly limit: number },
) =>
  infiniteQueryOptions({
    ...paging,
    queryKey: [...kpisKey(organizationId), 'list', asked],
    queryFn: ({ pageParam: cursor, signal }) =>
      api(kpiRoutes.listKpis, {
        params: { organizationId },
        query: { ...asked, cursor },
        signal,
      }),
  });

export const kpiQuery = (api: CallApi, organizationId: OrganizationId, kpiId: KpiId) =>
  queryOptions({
    queryKey: [...kpisKey(organizationId), kpiId],
    queryFn: ({ signal }) => api(kpiRoutes.getKpi, { params: { organizationId, kpiId }, signal }),
  });

export const checkInsQuery = (api: CallApi, organizationId: OrganizationId, kpiId: KpiId) =>
  infiniteQueryOptions({
    ...paging,
    queryKey: [...kpisKey(organizationId), kpiId, 'check-ins'],
    queryFn: ({ pageParam: cursor, signal }) =>
      api(checkInRoutes.listCheckIns, {
        params: { organizationId, kpiId },
        query: { cursor, limit: most },
        signal,
      }),
  });

const mostFound = 6;

/** Finds KPIs by words of their name. */
export async function findKpis({ api, organizationId, words, signal }: Wanted): Promise<readonly Found[]> {
  const { items } = await api(kpiRoutes.listKpis, {
    params: { organizationId },
    query: { search: words, limit: mostFound },
    signal,
  });
  return items.map(({ id, name }) => ({
    id,
    label: name,
    to: `/organizations/${organizationId}/kpis/${id}`,
  }));
}
