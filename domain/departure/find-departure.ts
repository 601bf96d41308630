import { type OrganizationId, PLATFORM } from '../ids.ts';
import { updatedByOf } from '../table/change-stamp.ts';
import { entityOf, type Stored } from '../table/entity.ts';
import { placesOf } from '../table/query.ts';
import { find } from '../table/reads.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { DepartureItem } from './departure.noun.ts';
import { departureRefusals } from './departure.refusals.ts';
import { Departure } from './departure.schema.ts';
import { RemovalItem } from './removal.noun.ts';

/** A stored departure as the API shows it. */
const showDeparture = ({ departing, ...stored }: Stored<typeof DepartureItem>): Departure =>
  Departure.parse({ ...stored, organizationId: departing, updatedBy: updatedByOf(stored) });

/** Reads an organization's departure (strongly consistent); null if it never started to leave. */
export async function findDeparture(
  platform: OrganizationScope,
  departing: OrganizationId,
): Promise<Departure | null> {
  const stored = await find(platform, DepartureItem, { departing });
  return stored === null ? null : showDeparture(stored);
}

/** Reads a departure. Throws `not_found`. */
export async function requireDeparture(
  platform: OrganizationScope,
  departing: OrganizationId,
): Promise<Departure> {
  const departure = await findDeparture(platform, departing);
  if (departure === null) throw departureRefusals.departure_not_found();
  return departure;
}

/** Reads a departure with the progress of its deletion. Throws `not_found`. */
export async function departureProgress(
  platform: OrganizationScope,
  departing: OrganizationId,
): Promise<Departure> {
  const departure = await requireDeparture(platform, departing);
  if (departure.stage !== 'deleting') return departure;
  const removal = await find(platform, RemovalItem, { departing });
  return {
    ...departure,
    deletedItems: Object.values(removal?.deleted ?? {}).reduce((sum, one) => sum + one, 0),
  };
}

/** Departures, newest organization first, after `position` (an organization id). */
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

/** All departures at a stage. */
export async function departuresAt(
  platform: OrganizationScope,
  stage: Departure['stage'],
): Promise<Departure[]> {
  const found: Departure[] = [];
  let position: OrganizationId | undefined;
  do {
    const page = await departuresAfter(platform, position, 100);
    found.push(...page.filter((one) => one.stage === stage));
    position = page.at(-1)?.organizationId;
  } while (position !== undefined);
  return found;
}
