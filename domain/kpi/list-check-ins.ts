import { type CheckInId, type KpiId, timeOfCheckIn } from '../ids.ts';
import { entityOf } from '../table/entity.ts';
import { placesOf } from '../table/query.ts';
import { consistently, find } from '../table/reads.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { CheckIn } from './check-in.schema.ts';
import { CheckInItem } from './kpi.noun.ts';

/** A stored check-in as the API shows it. */
export const showCheckIn = ({
  checkInId,
  ...stored
}: Omit<CheckIn, 'id'> & { readonly checkInId: CheckInId }): CheckIn =>
  CheckIn.parse({ ...stored, id: checkInId });

/** Reads a check-in (strongly consistent), or null. Its id contains its whole key. */
export async function findCheckIn(
  scope: OrganizationScope,
  kpiId: KpiId,
  checkInId: CheckInId,
): Promise<CheckIn | null> {
  const at = timeOfCheckIn(checkInId).toISOString();
  const stored = await find(scope, CheckInItem, { kpiId, at, checkInId });
  return stored === null ? null : showCheckIn(stored);
}

const placeOf = placesOf(entityOf(CheckInItem)).byAccessPattern.primary.fromComposite.toCursor;

/** Check-ins of a KPI, latest times first, after `position`; at most `limit`. */
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
  return data.map(showCheckIn);
}

/** The check-ins of a KPI with the latest times (strongly consistent), latest first. */
export async function newestCheckIns(
  scope: OrganizationScope,
  kpiId: KpiId,
  limit: number,
): Promise<CheckIn[]> {
  const { organizationId } = scope;
  const { data } = await entityOf(CheckInItem)
    .query.primary({ organizationId, kpiId })
    .go({ ...consistently(scope), limit, pages: 1, order: 'desc' });
  return data.map(showCheckIn);
}
