import type { Context } from '../context.ts';
import type { AppError } from '../errors.ts';
import { countWithinPlan } from '../organization/counts.ts';
import type { Plan } from '../subscription/subscription.schema.ts';
import { keepParts } from '../table/parts.ts';
import { transact } from '../table/transaction.ts';
import { create, fresh } from '../table/writes.ts';
import { defineFormula, untilWritten, writesOfDependents } from './computed-kpis.ts';
import { findKpis, keptValues, latestOf } from './find-kpi.ts';
import { KpiItem } from './kpi.noun.ts';
import type { Kpi } from './kpi.schema.ts';
import { moveName } from './kpi-names.ts';
import { contentOf, movePeople } from './kpi-writes.ts';
import { newestCheckIns } from './list-check-ins.ts';

/**
 * Restores a deleted KPI under its id, with its check-ins and initiatives that haven't expired yet. Throws
 * like `createKpi`.
 * @param kpi as it was deleted; its people and its team must exist
 */
export async function restoreKpi(
  ctx: Context,
  { kpi, plan }: { readonly kpi: Kpi; readonly plan: Plan },
): Promise<void> {
  const { scope } = ctx;
  const { id: kpiId, createdBy, createdAt, revision, confidence } = kpi;
  const { itemKinds } = await import('../nouns.ts');
  const parts = { kind: 'kpi', id: kpiId, action: 'kpi.restored' };
  // Run before, so that a crash can't leave records that expire; and after, to cover what the hourly run
  // changed in between.
  await keepParts(ctx, itemKinds, parts);
  const action = 'kpi.restored';
  await untilWritten(async (refusal) => {
    const why = { action, refusal };
    const { computed, values, ...kept } = await valuesAgain(ctx, kpi, why);
    const used = (await findKpis(scope, kpi.feeds ?? [], ctx.now)).filter(
      ({ formula }) => formula?.sources.includes(kpiId) === true,
    );
    const feeds = used.length === 0 ? undefined : used.map(({ id }) => id);
    const item = fresh(
      ctx,
      KpiItem,
      {
        kpiId,
        ...contentOf(kpi),
        createdBy,
        confidence: confidence && saidOnly(confidence),
        ...kept,
        computed: computed?.stored.computed,
        feeds,
      },
      action,
      // A revision after the deletion's, which identifies the deletion.
      { createdAt, revision: revision + 1 },
    );
    await transact(scope, [
      create(scope, KpiItem, item),
      ...movePeople(scope, kpiId, null, kpi),
      ...moveName(scope, kpiId, null, kpi.name),
      countWithinPlan(scope, { kpis: 1 }, { of: 'kpis', plan }),
      ...(computed?.writes ?? []),
      ...(await writesOfDependents(ctx, { id: kpiId, feeds, values }, why)),
    ]);
  });
  await keepParts(ctx, itemKinds, parts);
}

/** The values of a restored KPI, from its formula or its check-ins. */
async function valuesAgain(
  ctx: Context,
  { id, name, formula: after }: Kpi,
  why: { readonly action: string; readonly refusal: () => AppError },
) {
  if (after !== undefined) {
    const definition = { id, name, before: undefined, after, isReturning: true } as const;
    const computed = await defineFormula(ctx, definition, why);
    const { latest, recent } = computed.stored;
    return { computed, values: computed.values, latest: latest ?? undefined, recent };
  }
  const found = await newestCheckIns(ctx.scope, id, keptValues);
  const recent = found.map((one) => ({ checkInId: one.id, value: one.value })).reverse();
  const values = { recent, isKnown: recent.length > 0 };
  return { computed: null, values, latest: latestOf(recent) ?? undefined, recent };
}

/** Without the name that a list adds. */
const saidOnly = ({ byName: _, ...said }: NonNullable<Kpi['confidence']>) => said;
