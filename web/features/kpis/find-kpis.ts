import { kpiRoutes } from '../../../functions/http/kpi/routes.ts';
import type { Found, Wanted } from '../../lib/feature.ts';

const most = 6;

/** Finds KPIs by words of their name. */
export async function findKpis({ api, organizationId, words, signal }: Wanted): Promise<readonly Found[]> {
  const { items } = await api(kpiRoutes.listKpis, {
    params: { organizationId },
    query: { search: words, limit: most },
    signal,
  });
  return items.map(({ id, name }) => ({
    id,
    label: name,
    to: `/organizations/${organizationId}/kpis/${id}`,
  }));
}
