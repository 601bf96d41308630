import type { Context } from '../context.ts';
import { KpiId } from '../ids.ts';
import { deletedKeys } from '../table/deletion-record.ts';
import { entityOf } from '../table/entity.ts';
import { write } from '../table/write.ts';
import { change } from '../table/writes.ts';
import { CheckInItem } from './kpi.noun.ts';

/** How many check-ins of an organization one run ends; the next one goes on. */
const atMost = 500;

/**
 * Lets the check-ins of KPIs that were deleted expire now, instead of after years. KPIs deleted in the last
 * 30 days are looked at, so that what a run didn't come to is left to the next. Answers how many there were.
 */
export async function expireCheckIns(ctx: Context): Promise<number> {
  const { scope, now } = ctx;
  const { organizationId, client, table } = scope;
  const expiresAt = Math.floor(now.getTime() / 1000);
  let ended = 0;
  for (const key of await deletedKeys(scope, 'kpi')) {
    if (ended >= atMost) break;
    const kpiId = KpiId.parse(key);
    const { data } = await entityOf(CheckInItem)
      .query.primary({ organizationId, kpiId })
      .where((item, { gt }) => gt(item.expiresAt, expiresAt))
      .go({ client, table, pages: 'all' });
    for (const { at, checkInId } of data.slice(0, atMost - ended)) {
      const ending = change(
        ctx,
        CheckInItem,
        { kpiId, at, checkInId },
        { secondaryTo: 'kpi.deleted', set: { expiresAt } },
      );
      ended += (await write(scope, ending)) ? 1 : 0;
    }
  }
  return ended;
}
