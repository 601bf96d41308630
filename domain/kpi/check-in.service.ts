import type { Actor } from '../actor.ts';
import { AppError, stale } from '../errors.ts';
import { type CheckInId, type KpiId, newCheckInId, timeOfCheckIn } from '../ids.ts';
import { alongWith, created, updated } from '../table/change-stamp.ts';
import { entityOf } from '../table/entity.ts';
import { placesOf } from '../table/query.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { check, put, transact, update, type Write } from '../table/write.ts';
import { CheckIn, type CheckInChange, type NewCheckIn } from './check-in.schema.ts';
import { CheckInItem, KpiItem } from './kpi.noun.ts';
import type { Kpi } from './kpi.schema.ts';
import { requireKpi } from './kpi.service.ts';
import { earliestCheckIn } from './kpi-status.schema.ts';

const keptYears = 5;
/** How far ahead of ours the clock of somebody who reports may be. */
const aheadMs = 60_000;
const attempts = 5;

const show = ({ checkInId, ...stored }: Omit<CheckIn, 'id'> & { readonly checkInId: CheckInId }): CheckIn =>
  CheckIn.parse({ ...stored, id: checkInId });

/** Reads a check-in as it is now (strongly consistent), or null: its id says its whole key. */
export async function findCheckIn(
  { organizationId, client, table }: OrganizationScope,
  kpiId: KpiId,
  checkInId: CheckInId,
): Promise<CheckIn | null> {
  const at = timeOfCheckIn(checkInId).toISOString();
  const key = { organizationId, kpiId, at, checkInId };
  const { data } = await entityOf(CheckInItem).get(key).go({ client, table, consistent: true });
  return data === null ? null : show(data);
}

const placeOf = placesOf(entityOf(CheckInItem)).byAccessPattern.primary.fromComposite.toCursor;

/** Check-ins of a KPI, those for the latest times first, after `position`; at most `limit`. */
export async function checkInsAfter(
  { organizationId, client, table }: OrganizationScope,
  { kpiId, position, limit }: { kpiId: KpiId; position: CheckInId | undefined; limit: number },
): Promise<CheckIn[]> {
  const cursor =
    position === undefined
      ? null
      : placeOf({ organizationId, kpiId, at: timeOfCheckIn(position).toISOString(), checkInId: position });
  const { data } = await entityOf(CheckInItem)
    .query.primary({ organizationId, kpiId })
    .go({ client, table, limit, pages: 1, order: 'desc', cursor });
  return data.map(show);
}

function requireTime(kpi: Kpi, at: Date, now: Date): void {
  const earliest = earliestCheckIn(kpi);
  const message =
    at.getTime() > now.getTime() + aheadMs
      ? 'must not be in the future'
      : at < earliest
        ? `must not be before ${kpi.period.start}, when the KPI's period begins`
        : null;
  if (message !== null)
    throw new AppError('validation_failed', 'The check-in is for a time that doesn’t fit.', {
      fields: [{ path: 'at', message }],
    });
}

/** The KPI as it was read is not the KPI any more: to be read again. */
const overtaken = new AppError('conflict', 'Others report on this KPI at the same moment. Try again.');
const asOvertaken = () => overtaken;

/**
 * Tries with the KPI as it was read, then as it is read again when somebody was faster. Throws `not_found`
 * when it is gone.
 */
async function againIfOvertaken(
  scope: OrganizationScope,
  kpi: Kpi,
  attempt: (kpi: Kpi) => Promise<void>,
  now: Date,
): Promise<void> {
  let current = kpi;
  for (let left = attempts - 1; ; left -= 1) {
    try {
      await attempt(current);
      return;
    } catch (error) {
      if (error !== overtaken || left === 0) throw error;
      current = await requireKpi(scope, kpi.id, now);
    }
  }
}

const kpiIsThere = (scope: OrganizationScope, kpiId: KpiId): Write =>
  check(scope, entityOf(KpiItem).remove({ organizationId: scope.organizationId, kpiId }), asOvertaken);

type Counting = Pick<CheckIn, 'id' | 'value' | 'at'>;

/**
 * The write that keeps a KPI's latest value right. A new check-in takes the place of a smaller id, in
 * whatever order they come; a corrected one only its own. One that is overtaken needs but that the KPI is
 * there.
 */
function latestWrite(
  scope: OrganizationScope,
  kpi: Kpi,
  { id, value, at }: Counting,
  action: 'check-in.created' | 'check-in.corrected',
  { actor, now }: { readonly actor: Actor; readonly now: Date },
): Write {
  // It only ever grows: what is overtaken now stays overtaken.
  if (kpi.latest !== null && kpi.latest.checkInId > id) return kpiIsThere(scope, kpi.id);
  const { changed } = alongWith(actor, action, now);
  const moved = entityOf(KpiItem)
    .patch({ organizationId: scope.organizationId, kpiId: kpi.id })
    .set({ latest: { value, at, checkInId: id }, changed })
    .where(({ latest }, { notExists, lt, eq }) =>
      action === 'check-in.created'
        ? `(${notExists(latest)} OR ${lt(latest.checkInId, `${id}`)})`
        : eq(latest.checkInId, `${id}`),
    );
  return update(scope, moved, asOvertaken);
}

/**
 * Reports a value of a KPI, for now or late for a time gone by. Throws `validation_failed` for a time in the
 * future or before the KPI's period, `not_found` when the KPI is gone.
 */
export async function checkIn(
  scope: OrganizationScope,
  actor: Actor,
  { kpi, input }: { readonly kpi: Kpi; readonly input: NewCheckIn },
  now: Date,
): Promise<CheckIn> {
  const { value, note } = input;
  const at = input.at === undefined ? now : new Date(input.at);
  requireTime(kpi, at, now);
  const item = {
    kpiId: kpi.id,
    checkInId: newCheckInId(at, now),
    at: at.toISOString(),
    value,
    ...(note === undefined ? {} : { note }),
    by: actor.by,
    ...created(actor, 'check-in.created', now),
  };
  const expiresAt = Math.floor(now.getTime() / 1000) + keptYears * 366 * 86_400;
  const { organizationId } = scope;
  const entry = put(scope, entityOf(CheckInItem).create({ organizationId, ...item, expiresAt }));
  const counting = { id: item.checkInId, value, at: item.at };
  const write = (current: Kpi) =>
    transact(scope, [entry, latestWrite(scope, current, counting, 'check-in.created', { actor, now })]);
  await againIfOvertaken(scope, kpi, write, now);
  return show(item);
}

/** Corrects a check-in's value or note. Throws `stale` when `revision` isn't the check-in's any more. */
export async function correctCheckIn(
  scope: OrganizationScope,
  actor: Actor,
  {
    kpi,
    entry,
    change,
    revision,
  }: {
    readonly kpi: Kpi;
    readonly entry: CheckIn;
    readonly change: CheckInChange;
    readonly revision: number;
  },
  now: Date,
): Promise<CheckIn> {
  if (entry.revision !== revision) throw stale();
  const { id: checkInId, kpiId, at, note: old, ...kept } = entry;
  const value = change.value ?? entry.value;
  const note = change.note === undefined ? old : (change.note ?? undefined);
  const stamp = updated(actor, 'check-in.corrected', now);
  const patch = entityOf(CheckInItem).patch({ organizationId: scope.organizationId, kpiId, at, checkInId });
  const corrected = (
    note === undefined
      ? patch.set({ value, ...stamp }).remove(['note'])
      : patch.set({ value, note, ...stamp })
  )
    .add({ revision: 1 })
    .where((item, { eq }) => eq(item.revision, revision));
  const write = (current: Kpi) =>
    transact(scope, [
      update(scope, corrected, stale),
      latestWrite(scope, current, { id: checkInId, value, at }, 'check-in.corrected', { actor, now }),
    ]);
  await againIfOvertaken(scope, kpi, write, now);
  const { updatedAt } = stamp;
  const text = note === undefined ? {} : { note };
  return CheckIn.parse({
    ...kept,
    id: checkInId,
    kpiId,
    at,
    value,
    ...text,
    updatedAt,
    revision: revision + 1,
  });
}
