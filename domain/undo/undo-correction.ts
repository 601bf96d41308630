import { CheckInId, KpiId } from '../ids.ts';
import { CheckInChange } from '../kpi/check-in.schema.ts';
import { correctCheckIn } from '../kpi/correct-check-in.ts';
import { findKpi } from '../kpi/find-kpi.ts';
import { instanceOfKpi } from '../kpi/kpi.schema.ts';
import { findCheckIn } from '../kpi/list-check-ins.ts';
import {
  compared,
  imagesOf,
  nothingToPutBack,
  type Plan,
  planned,
  refused,
  type Undoing,
  valuesOf,
} from './plan.ts';
import { undoRefusals } from './undo.refusals.ts';

/** Plans restoring a check-in's content before a correction. */
export async function undoCorrection({ ctx, may, entry }: Undoing): Promise<Plan> {
  const { scope, now } = ctx;
  const images = imagesOf(entry);
  const kpiId = KpiId.parse(images.after.kpiId);
  const [kpi, checkIn] = await Promise.all([
    findKpi(scope, kpiId, now),
    findCheckIn(scope, kpiId, CheckInId.parse(images.after.checkInId)),
  ]);
  if (kpi === null) return refused(undoRefusals.undo_kpi_gone());
  if (checkIn === null) return refused(undoRefusals.undo_gone());
  const { revision, value, note } = checkIn;
  const fields = compared(['value', 'note'], { ...images, now: { value, note } }, (field) =>
    may('update', 'CheckIn', instanceOfKpi(kpi), field) ? 'put_back' : 'not_allowed',
  );
  const { data: change } = CheckInChange.safeParse(valuesOf(fields));
  return planned({
    revision,
    fields,
    refusals: [nothingToPutBack(fields), change === undefined ? undoRefusals.undo_outdated() : null],
    apply: (marked) => correctCheckIn(marked, { kpi, entry: checkIn, ...change, revision }),
  });
}
