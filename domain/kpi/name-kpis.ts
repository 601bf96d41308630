import type { KpiId } from '../ids.ts';
import { findMany } from '../table/reads.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { KpiItem } from './kpi.noun.ts';

/** The names of those of these KPIs that there are, by id. Costs one batch of Gets. */
export async function nameKpis(
  scope: OrganizationScope,
  ids: readonly KpiId[],
): Promise<(readonly [id: string, name: string])[]> {
  const kpis = await findMany(
    scope,
    KpiItem,
    ids.map((kpiId) => ({ kpiId })),
  );
  return kpis.map(({ kpiId, name }) => [kpiId, name] as const);
}
