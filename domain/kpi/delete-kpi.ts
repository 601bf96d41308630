import type { Context } from '../context.ts';
import { stale } from '../errors.ts';
import { changeCounts } from '../organization/counts.ts';
import { transact } from '../table/transaction.ts';
import { remove } from '../table/writes.ts';
import { KpiItem } from './kpi.noun.ts';
import type { Kpi } from './kpi.schema.ts';
import { moveName } from './kpi-names.ts';
import { movePeople } from './kpi-writes.ts';

/**
 * Deletes a KPI. Its check-ins can no longer be reached, and the next hourly run lets them expire. Throws
 * `stale` when `revision` isn't the KPI's.
 */
export async function deleteKpi(
  ctx: Context,
  { kpi, revision }: { readonly kpi: Kpi; readonly revision: number },
): Promise<void> {
  if (kpi.revision !== revision) throw stale();
  const { scope } = ctx;
  const [gone, record] = remove(ctx, KpiItem, { ...kpi, kpiId: kpi.id }, 'kpi.deleted');
  await transact(scope, [
    gone,
    ...movePeople(scope, kpi.id, kpi, null),
    ...moveName(scope, kpi.id, kpi.name, null),
    changeCounts(scope, { kpis: -1 }),
    record,
  ]);
}
