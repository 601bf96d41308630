import { type Context, naming } from '../context.ts';
import type { FieldError } from '../errors.ts';
import { fieldError } from '../field-errors.ts';
import { newCheckInId } from '../ids.ts';
import { create, fresh } from '../table/writes.ts';
import type { CheckIn, NewCheckIn } from './check-in.schema.ts';
import { CheckInItem } from './kpi.noun.ts';
import { kpiRefusals } from './kpi.refusals.ts';
import type { Kpi } from './kpi.schema.ts';
import { earliestCheckIn } from './kpi-status.schema.ts';
import { withValue, writeCheckIn } from './latest-value.ts';
import { showCheckIn } from './list-check-ins.ts';

/** Tolerated clock difference of the client. */
const aheadMs = 60_000;

/** What is wrong with a value's time; null if nothing. */
export function problemOfTime(
  kpi: Kpi,
  { at, path = 'at' }: { readonly at: Date; readonly path?: string },
  now: Date,
): FieldError | null {
  if (at.getTime() > now.getTime() + aheadMs) return fieldError(path, 'in_the_future');
  return at < earliestCheckIn(kpi)
    ? fieldError(path, 'before_the_period', { start: kpi.period.start })
    : null;
}

/**
 * Reports a value, for now or for an earlier time. Throws `validation_failed` for a time in the future or
 * before the KPI's period, `not_found` if the KPI was deleted.
 */
export async function createCheckIn(
  given: Context,
  { kpi, input }: { readonly kpi: Kpi; readonly input: NewCheckIn },
): Promise<CheckIn> {
  if (kpi.formula !== undefined) throw kpiRefusals.kpi_computed();
  const ctx = naming(given, [kpi.id, kpi.name]);
  const { scope, actor, now } = ctx;
  const { value, note } = input;
  const at = input.at === undefined ? now : new Date(input.at);
  const wrong = problemOfTime(kpi, { at }, now);
  if (wrong !== null) throw kpiRefusals.check_in_time_wrong({}, { fields: [wrong] });
  const item = fresh(
    ctx,
    CheckInItem,
    {
      kpiId: kpi.id,
      checkInId: newCheckInId(at, now),
      at: at.toISOString(),
      value,
      note,
      by: actor.by,
      expiresAt: Math.floor(now.getTime() / 1000) + CheckInItem.lasts,
    },
    'check-in.created',
  );
  await writeCheckIn(ctx, kpi, {
    writes: [create(scope, CheckInItem, item)],
    action: 'check-in.created',
    next: (recent) => withValue(recent, { checkInId: item.checkInId, value }),
  });
  return showCheckIn(item);
}
