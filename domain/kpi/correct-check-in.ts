import { type Context, naming } from '../context.ts';
import { stale } from '../errors.ts';
import { change } from '../table/writes.ts';
import { CheckIn, type CheckInChange } from './check-in.schema.ts';
import { CheckInItem } from './kpi.noun.ts';
import type { Kpi } from './kpi.schema.ts';
import { writeCheckIn } from './latest-value.ts';

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
