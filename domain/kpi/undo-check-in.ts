import { type Context, naming } from '../context.ts';
import { stale } from '../errors.ts';
import { remove } from '../table/writes.ts';
import type { CheckIn } from './check-in.schema.ts';
import { keptValues } from './find-kpi.ts';
import { CheckInItem } from './kpi.noun.ts';
import { kpiRefusals } from './kpi.refusals.ts';
import type { Kpi } from './kpi.schema.ts';
import { writeCheckIn } from './latest-value.ts';
import { newestCheckIns } from './list-check-ins.ts';

/** How long a value is new enough to be no evidence yet. */
const undoableMs = 10 * 60_000;

/**
 * Takes away a check-in that its reporter has just made by mistake; the KPI has the value before it again.
 * Throws `stale` once it was corrected, and `conflict` for somebody else's or one that was made long ago.
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
