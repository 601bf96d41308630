import type { Context } from '../context.ts';
import { transact } from '../table/transaction.ts';
import { change } from '../table/writes.ts';
import { KpiItem } from './kpi.noun.ts';
import { kpiRefusals } from './kpi.refusals.ts';
import { Kpi, type NewConfidence } from './kpi.schema.ts';

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
