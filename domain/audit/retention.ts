import QuickLRU from 'quick-lru';
import { type OrganizationId, PLATFORM } from '../ids.ts';
import { findOrganization } from '../organization/organization.service.ts';
import { catalogue } from '../subscription/catalogue.ts';
import { type ControlPlane, withinOrganization } from '../table/scope.ts';

/** A change of plan reaches entries after so long at most. Those already written keep the time they were given. */
const rememberedMs = 300_000;

/**
 * How many days an organization's entries are kept, by its plan; null, so for ever, for the platform's own and for an organization
 * that is no more. Reads an organization once in five minutes. @param reader may read the organizations' profiles
 */
export function retentionOf(
  reader: ControlPlane,
): (organizationId: OrganizationId) => Promise<number | null> {
  const known = new QuickLRU<OrganizationId, number | null>({ maxSize: 1000, maxAge: rememberedMs });
  return async (organizationId) => {
    if (organizationId === PLATFORM) return null;
    const remembered = known.get(organizationId);
    if (remembered !== undefined) return remembered;
    const organization = await findOrganization(withinOrganization(reader, organizationId));
    const days = organization === null ? null : catalogue[organization.subscription.plan].auditRetentionDays;
    known.set(organizationId, days);
    return days;
  };
}
