import QuickLRU from 'quick-lru';
import type { OrganizationId } from '../ids.ts';
import { find } from '../table/reads.ts';
import { type ControlPlane, platformScope } from '../table/scope.ts';
import { DepartureItem } from './departure.noun.ts';

/** Whether an organization's data was deleted or is being deleted. */
export type IsDeparted = (organizationId: OrganizationId) => Promise<boolean>;

const rememberedMs = 60_000;

/**
 * Looks up departures on the platform, once a minute per organization. Whatever still arrives for a deleted
 * organization, such as stream records of the deletion itself, is dropped.
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
