import type { Context } from '../context.ts';
import { timeOfCheckIn } from '../ids.ts';
import { countWithinPlan } from '../organization/counts.ts';
import type { Plan } from '../subscription/subscription.schema.ts';
import { keepParts } from '../table/parts.ts';
import { transact } from '../table/transaction.ts';
import { create, fresh } from '../table/writes.ts';
import { KpiItem } from './kpi.noun.ts';
import type { Kpi } from './kpi.schema.ts';
import { moveName } from './kpi-names.ts';
import { contentOf, movePeople } from './kpi-writes.ts';
import { keptValues } from './latest-value.ts';
import { newestCheckIns } from './list-check-ins.ts';

/**
 * Brings a deleted KPI back under its id, with its check-ins and initiatives that haven't expired yet. Throws
 * as `createKpi` does.
 * @param kpi as it was deleted; its people and its team must be there
 */
export async function restoreKpi(
  ctx: Context,
  { kpi, plan }: { readonly kpi: Kpi; readonly plan: Plan },
): Promise<void> {
  const { scope } = ctx;
  const { id: kpiId, createdBy, createdAt, revision } = kpi;
  const { itemKinds } = await import('../nouns.ts');
  const parts = { kind: 'kpi', id: kpiId, action: 'kpi.restored' };
  // Before, so that nothing expires if this is cut off; and after, for what the hourly run did meanwhile.
  await keepParts(ctx, itemKinds, parts);
  const found = await newestCheckIns(scope, kpiId, keptValues);
  const recent = found.map(({ id, value }) => ({ checkInId: id, value })).reverse();
  const last = recent.at(-1);
  const latest = last && { ...last, at: timeOfCheckIn(last.checkInId).toISOString() };
  const item = fresh(
    ctx,
    KpiItem,
    { kpiId, ...contentOf(kpi), createdBy, latest, recent },
    'kpi.restored',
    // Another revision than that of the deletion, which is known by it.
    { createdAt, revision: revision + 1 },
  );
  await transact(scope, [
    create(scope, KpiItem, item),
    ...movePeople(scope, kpiId, null, kpi),
    ...moveName(scope, kpiId, null, kpi.name),
    countWithinPlan(scope, { kpis: 1 }, { of: 'kpis', plan }),
  ]);
  await keepParts(ctx, itemKinds, parts);
}
