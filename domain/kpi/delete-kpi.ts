import type { Context } from '../context.ts';
import { stale } from '../errors.ts';
import { changeCounts } from '../organization/counts.ts';
import { transact } from '../table/transaction.ts';
import { remove } from '../table/writes.ts';
import { defineFormula, untilWritten, writesOfDependents } from './computed-kpis.ts';
import { KpiItem } from './kpi.noun.ts';
import type { Kpi } from './kpi.schema.ts';
import { moveName } from './kpi-names.ts';
import { movePeople } from './kpi-writes.ts';

/**
 * Deletes a KPI. Its check-ins become unreachable, and the next hourly run lets them expire. KPIs computed
 * from it lose their value. Throws `stale` if `revision` is outdated.
 */
export async function deleteKpi(
  ctx: Context,
  { kpi, revision }: { readonly kpi: Kpi; readonly revision: number },
): Promise<void> {
  if (kpi.revision !== revision) throw stale();
  const { scope } = ctx;
  const { id, name, formula: before, feeds } = kpi;
  const action = 'kpi.deleted';
  const [gone, record] = remove(ctx, KpiItem, { ...kpi, kpiId: id }, action, {
    where: (item, { eq, notExists }) => (feeds === undefined ? notExists(item.feeds) : eq(item.feeds, feeds)),
  });
  await untilWritten(async (refusal) => {
    const why = { action, refusal };
    const sources =
      before === undefined ? null : await defineFormula(ctx, { id, name, before, after: undefined }, why);
    await transact(scope, [
      gone,
      ...movePeople(scope, id, kpi, null),
      ...moveName(scope, id, name, null),
      changeCounts(scope, { kpis: -1 }),
      record,
      ...(sources?.writes ?? []),
      ...(await writesOfDependents(ctx, { id, feeds, values: null }, why)),
    ]);
  });
}
