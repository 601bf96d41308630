import type { Context } from '../context.ts';
import { transact, type Write } from '../table/transaction.ts';
import { change, check } from '../table/writes.ts';
import type { CheckIn } from './check-in.schema.ts';
import { requireKpi } from './find-kpi.ts';
import { KpiItem } from './kpi.noun.ts';
import { kpiRefusals } from './kpi.refusals.ts';
import type { Kpi } from './kpi.schema.ts';

const attempts = 5;

/** The KPI has changed since it was read and must be read again. */
const overtaken = kpiRefusals.kpi_overtaken();
const asOvertaken = () => overtaken;

type Counting = Pick<CheckIn, 'id' | 'value' | 'at'>;

/**
 * The write that keeps a KPI's latest value up to date. A new check-in replaces one with a smaller id, in
 * whatever order they arrive; a correction replaces only its own value. If the latest value is of a later
 * check-in, the KPI only has to exist.
 */
function keepLatest(
  ctx: Context,
  { id: kpiId, latest: known }: Kpi,
  { id, value, at }: Counting,
  action: 'check-in.created' | 'check-in.corrected',
): Write {
  // The latest id only ever grows, so a check-in that is overtaken now stays so.
  if (known !== null && known.checkInId > id)
    return check(ctx.scope, KpiItem, { kpiId }, { refusal: asOvertaken });
  return change(
    ctx,
    KpiItem,
    { kpiId },
    {
      secondaryTo: action,
      keepsRevision: true,
      set: { latest: { value, at, checkInId: id } },
      where: ({ latest }, { notExists, lt, eq }) =>
        action === 'check-in.created'
          ? `(${notExists(latest)} OR ${lt(latest.checkInId, `${id}`)})`
          : eq(latest.checkInId, `${id}`),
      refusal: asOvertaken,
    },
  );
}

/**
 * Writes a check-in together with the KPI's latest value: with the KPI as it was read, or read again when
 * another write was faster. Throws `not_found` when the KPI is gone, and `conflict` when other writes are
 * faster each time.
 */
export async function writeCheckIn(
  ctx: Context,
  kpi: Kpi,
  entry: Write,
  counting: Counting,
  action: 'check-in.created' | 'check-in.corrected',
): Promise<void> {
  let current = kpi;
  for (let left = attempts - 1; ; left -= 1) {
    try {
      await transact(ctx.scope, [entry, keepLatest(ctx, current, counting, action)]);
      return;
    } catch (error) {
      if (error !== overtaken || left === 0) throw error;
      current = await requireKpi(ctx.scope, kpi.id, ctx.now);
    }
  }
}
