import { type Context, naming } from '../context.ts';
import { stale } from '../errors.ts';
import { change, remove } from '../table/writes.ts';
import { CheckIn, type CheckInChange } from './check-in.schema.ts';
import { keptValues } from './find-kpi.ts';
import { CheckInItem } from './kpi.noun.ts';
import { kpiRefusals } from './kpi.refusals.ts';
import type { Kpi } from './kpi.schema.ts';
import { writeCheckIn } from './latest-value.ts';
import { newestCheckIns } from './list-check-ins.ts';

const keptCorrections = 20;

/** Earlier contents of a check-in, including its current one. */
const correctionsOf = ({ actor, now }: Context, { value, note, corrections = [] }: CheckIn) =>
  [
    ...corrections.map(({ byName: _, ...correction }) => correction),
    { value, ...(note === undefined ? {} : { note }), by: actor.by, at: now.toISOString() },
  ].slice(-keptCorrections);

/** Corrects a check-in's value or note. Throws `stale` if `revision` is outdated. */
export async function correctCheckIn(
  given: Context,
  {
    kpi,
    entry,
    revision,
    ...wanted
  }: CheckInChange & { readonly kpi: Kpi; readonly entry: CheckIn; readonly revision: number },
): Promise<CheckIn> {
  if (entry.revision !== revision) throw stale();
  const ctx = naming(given, [kpi.id, kpi.name]);
  const { id: checkInId, kpiId, at, note: old, ...kept } = entry;
  const { value = entry.value, note = old ?? null } = wanted;
  const action = 'check-in.corrected' as const;
  const corrections = correctionsOf(ctx, entry);
  const correction = change(
    ctx,
    CheckInItem,
    { kpiId, at, checkInId },
    { action, set: { value, note, corrections }, at: revision },
  );
  await writeCheckIn(ctx, kpi, {
    writes: [correction],
    action,
    next: (recent) => recent.map((one) => (one.checkInId === checkInId ? { checkInId, value } : one)),
  });
  return CheckIn.parse({
    ...kept,
    ...{ id: checkInId, kpiId, at, value },
    ...(note === null ? {} : { note }),
    corrections,
    updatedAt: ctx.now.toISOString(),
    revision: revision + 1,
  });
}

/** How long a value is new enough to be no evidence yet. */
const undoableMs = 10 * 60_000;

/**
 * Undoes a check-in that its reporter has just made by mistake; the KPI has its previous value again.
 * Throws `stale` if it was corrected since, and `conflict` if it is another user's or too old.
 */
export async function undoCheckIn(
  given: Context,
  { kpi, entry, revision }: { readonly kpi: Kpi; readonly entry: CheckIn; readonly revision: number },
): Promise<void> {
  const ctx = naming(given, [kpi.id, kpi.name]);
  const { scope, actor, now } = ctx;
  if (entry.revision !== revision || revision !== 1) throw stale();
  if (entry.by !== actor.by || now.getTime() - Date.parse(entry.createdAt) > undoableMs)
    throw kpiRefusals.check_in_settled();
  const { id: checkInId, ...item } = entry;
  await writeCheckIn(ctx, kpi, {
    writes: remove(ctx, CheckInItem, { ...item, checkInId }, 'check-in.undone'),
    action: 'check-in.undone',
    next: async (recent) => {
      if (!recent.some((one) => one.checkInId === checkInId)) return recent;
      // One that was crowded out is among the last ones again.
      const found = await newestCheckIns(scope, kpi.id, keptValues + 1);
      return found
        .filter(({ id }) => id !== checkInId)
        .slice(0, keptValues)
        .map(({ id, value }) => ({ checkInId: id, value }))
        .reverse();
    },
  });
}
