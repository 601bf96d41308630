import type { OrganizationScope } from '../table/scope.ts';
import { allKpis } from './kpi-list.service.ts';
import { type KpiCount, noKpis } from './kpi-status.schema.ts';

/** How many of the organization's KPIs are in which status at `now`. */
export async function countByStatus(scope: OrganizationScope, now: Date): Promise<KpiCount> {
  const count = { ...noKpis };
  for await (const { status } of allKpis(scope, now)) count[status] += 1;
  return count;
}
