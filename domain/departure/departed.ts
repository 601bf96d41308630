import QuickLRU from 'quick-lru';
import type { OrganizationId } from '../ids.ts';
import { find } from '../table/reads.ts';
import { type ControlPlane, platformScope } from '../table/scope.ts';
import { DepartureItem } from './departure.noun.ts';

/** Whether an organization's data is being deleted, or is. */
export type IsDeparted = (organizationId: OrganizationId) => Promise<boolean>;

const rememberedMs = 60_000;

/**
 * Asks the platform's departures, once a minute for each organization: what comes of one that is deleted,
 * such as the stream's records of the deletion itself, is dropped.
 */
export function departedIn(reader: ControlPlane): IsDeparted {
  const known = new QuickLRU<OrganizationId, boolean>({ maxSize: 1000, maxAge: rememberedMs });
  return async (departing) => {
    const remembered = known.get(departing);
    if (remembered !== undefined) return remembered;
    const stage = (await find(platformScope(reader), DepartureItem, { departing }))?.stage;
    const isGone = stage === 'deleting' || stage === 'deleted';
    known.set(departing, isGone);
    return isGone;
  };
}
