import type { Context } from '../context.ts';
import { newKpiId } from '../ids.ts';
import { countWithinPlan } from '../organization/counts.ts';
import type { Plan } from '../subscription/subscription.schema.ts';
import { transact } from '../table/transaction.ts';
import { create, fresh } from '../table/writes.ts';
import { defineFormula, untilWritten } from './computed-kpis.ts';
import { showKpi } from './find-kpi.ts';
import { KpiItem } from './kpi.noun.ts';
import type { Kpi, NewKpi } from './kpi.schema.ts';
import { moveName } from './kpi-names.ts';
import { contentOf, movePeople } from './kpi-writes.ts';

/**
 * Creates a KPI. Its people, its team and the plan's limit are conditions of the write. Throws
 * `validation_failed` at the field whose user, team or source doesn't exist, and `entitlement_exceeded`.
 */
export async function createKpi(
  ctx: Context,
  { input, plan }: { readonly input: NewKpi; readonly plan: Plan },
): Promise<Kpi> {
  const { scope, actor, now } = ctx;
  const kpiId = newKpiId(now);
  const action = 'kpi.created';
  const { formula: after, name } = input;
  return await untilWritten(async (refusal) => {
    const definition = { id: kpiId, name, before: undefined, after };
    const computed = after === undefined ? null : await defineFormula(ctx, definition, { action, refusal });
    const values = computed && { ...computed.stored, latest: computed.stored.latest ?? undefined };
    const content = { kpiId, ...contentOf(input), createdBy: actor.by, ...values };
    const item = fresh(ctx, KpiItem, content, action);
    await transact(scope, [
      create(scope, KpiItem, item),
      ...movePeople(scope, kpiId, null, input),
      ...moveName(scope, kpiId, null, name),
      ...(computed?.writes ?? []),
      countWithinPlan(scope, { kpis: 1 }, { of: 'kpis', plan }),
    ]);
    return showKpi(item, now);
  });
}
