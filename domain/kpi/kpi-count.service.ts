import type { OrganizationScope } from '../table/scope.ts';
import { allKpis } from './kpi-list.service.ts';
import type { KpiStatus } from './kpi-status.schema.ts';

/** KPIs by status. */
type KpiCount = Record<KpiStatus, number>;

export const noKpis: Readonly<KpiCount> = { on_track: 0, at_risk: 0, off_track: 0, no_data: 0 };

/** How many of the organization's KPIs are in which status at `now`. */
export async function countByStatus(scope: OrganizationScope, now: Date): Promise<KpiCount> {
  const count = { ...noKpis };
  for await (const { status } of allKpis(scope, now)) count[status] += 1;
  return count;
}
