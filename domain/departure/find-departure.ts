import { type OrganizationId, PLATFORM } from '../ids.ts';
import { updatedByOf } from '../table/change-stamp.ts';
import { entityOf, type Stored } from '../table/entity.ts';
import { placesOf } from '../table/query.ts';
import { find } from '../table/reads.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { DepartureItem } from './departure.noun.ts';
import { departureRefusals } from './departure.refusals.ts';
import { Departure } from './departure.schema.ts';

/** A stored departure as the API shows it. */
const showDeparture = ({ departing, ...stored }: Stored<typeof DepartureItem>): Departure =>
  Departure.parse({ ...stored, organizationId: departing, updatedBy: updatedByOf(stored) });

/** Reads an organization's departure as it is now; null for one that never began to leave. */
export async function findDeparture(
  platform: OrganizationScope,
  departing: OrganizationId,
): Promise<Departure | null> {
  const stored = await find(platform, DepartureItem, { departing });
  return stored === null ? null : showDeparture(stored);
}

/** The same. Throws `not_found`. */
export async function requireDeparture(
  platform: OrganizationScope,
  departing: OrganizationId,
): Promise<Departure> {
  const departure = await findDeparture(platform, departing);
  if (departure === null) throw departureRefusals.departure_not_found();
  return departure;
}

/** Departures, newest organization first, from before a position (an organization's id) on. */
export async function departuresAfter(
  { client, table }: OrganizationScope,
  position: OrganizationId | undefined,
  limit: number,
): Promise<Departure[]> {
  const entity = entityOf(DepartureItem);
  const key = { organizationId: PLATFORM };
  const cursor =
    position === undefined
      ? null
      : placesOf(entity).byAccessPattern.primary.fromComposite.toCursor({ ...key, departing: position });
  const { data } = await entity.query
    .primary(key)
    .go({ client, table, limit, count: limit, order: 'desc', cursor });
  return data.map(showDeparture);
}
