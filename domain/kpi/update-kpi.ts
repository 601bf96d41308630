import type { Context } from '../context.ts';
import { same } from '../difference.ts';
import { stale } from '../errors.ts';
import { updatedByActor } from '../table/change-stamp.ts';
import { handOverParts } from '../table/parts.ts';
import { transact } from '../table/transaction.ts';
import { asStored, change, settingsOf } from '../table/writes.ts';
import { defineFormula, untilWritten, writesOfDependents } from './computed-kpis.ts';
import { showKpi } from './find-kpi.ts';
import { problemsOfGoal } from './goal.schema.ts';
import { KpiItem } from './kpi.noun.ts';
import { kpiRefusals } from './kpi.refusals.ts';
import { holderOf, Kpi, type KpiChange, type NewConfidence } from './kpi.schema.ts';
import { moveName } from './kpi-names.ts';
import { contentOf, movePeople } from './kpi-writes.ts';

/** A KPI with a change applied. Throws `validation_failed` when the result doesn't fit together. */
export function withChange(kpi: Kpi, change: KpiChange): Kpi {
  const named = Object.entries(change).filter(([, value]) => value !== undefined);
  const given = named.map(([name, value]) => [name, value ?? undefined] as const);
  const changed = Kpi.parse({ ...kpi, ...Object.fromEntries(given) });
  if (change.formula !== undefined && kpi.formula === undefined) throw kpiRefusals.kpi_formula_fixed();
  const fields = problemsOfGoal(changed);
  if (fields.length > 0) throw kpiRefusals.kpi_inconsistent({}, { fields });
  return changed;
}

type UsedAs = (
  item: { readonly feeds: unknown },
  operations: { eq(one: unknown, other: unknown): string; notExists(one: unknown): string },
) => string;

const afterwards = ({ latest, ...computed }: Awaited<ReturnType<typeof defineFormula>>['stored']) => ({
  ...computed,
  latest: latest ?? undefined,
});

/**
 * Stores a KPI as `withChange` returned it, and returns what is stored. Its parts follow it to another team
 * or user. Throws `stale` when `revision` is no longer the KPI's (check-ins don't change it), and as
 * `createKpi` does for users and teams that don't exist.
 */
export async function updateKpi(
  ctx: Context,
  { before, after, revision }: { readonly before: Kpi; readonly after: Kpi; readonly revision: number },
): Promise<Kpi> {
  if (before.revision !== revision) throw stale();
  const { scope, now } = ctx;
  const { id: kpiId, organizationId, createdBy, createdAt, latest, recent, confidence } = before;
  const content = contentOf(after);
  const action = 'kpi.updated';
  const { feeds } = before;
  const isSame = same(before.formula, after.formula);
  const values = await untilWritten(async (refusal) => {
    const why = { action, refusal };
    const definition = { id: kpiId, name: after.name, before: before.formula, after: after.formula, feeds };
    const computed = isSame ? null : await defineFormula(ctx, definition, why);
    const set = { ...settingsOf(content), ...computed?.stored };
    const isUsed: UsedAs = (item, { eq, notExists }) =>
      feeds === undefined ? notExists(item.feeds) : eq(item.feeds, feeds);
    await transact(scope, [
      change(ctx, KpiItem, { kpiId }, { action, set, at: revision, ...(isSame ? {} : { where: isUsed }) }),
      ...movePeople(scope, kpiId, before, after),
      ...moveName(scope, kpiId, before.name, after.name),
      ...(computed?.writes ?? []),
      ...(computed === null
        ? []
        : await writesOfDependents(ctx, { id: kpiId, feeds, values: computed.values }, why)),
    ]);
    return computed === null ? { latest: latest ?? undefined, recent } : afterwards(computed.stored);
  });
  if (holderOf(after) !== holderOf(before)) {
    const { itemKinds } = await import('../nouns.ts');
    const whole = { kind: 'kpi', id: kpiId, holder: holderOf(after), action: 'kpi.updated' };
    await handOverParts(ctx, itemKinds, whole);
  }
  const kept = { kpiId, organizationId, createdBy, createdAt, feeds, confidence, ...values };
  const next = { ...kept, ...content, revision: revision + 1, updatedAt: now.toISOString() };
  return { ...showKpi(asStored(KpiItem, next), now), updatedBy: updatedByActor(ctx.actor) };
}

/**
 * Sets or clears (null) the owner's confidence in a KPI, shown next to its computed status. Throws
 * `not_found` if the KPI was deleted.
 */
export async function assessKpi(
  ctx: Context,
  { kpi, input: { level, note } }: { readonly kpi: Kpi; readonly input: NewConfidence },
): Promise<Kpi> {
  const { scope, actor, now } = ctx;
  const at = now.toISOString();
  const confidence = level === null ? null : { level, ...(note && { note }), by: actor.by, at };
  await transact(scope, [
    change(
      ctx,
      KpiItem,
      { kpiId: kpi.id },
      { action: 'kpi.assessed', set: { confidence }, refusal: kpiRefusals.kpi_not_found },
    ),
  ]);
  const { confidence: _, ...rest } = kpi;
  const next = { ...rest, ...(confidence && { confidence }), revision: kpi.revision + 1, updatedAt: at };
  return Kpi.parse(next);
}
