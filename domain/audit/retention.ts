import QuickLRU from 'quick-lru';
import { type OrganizationId, PLATFORM } from '../ids.ts';
import { findOrganization } from '../organization/organization.service.ts';
import { catalogue } from '../subscription/catalogue.ts';
import type { ChangeStamp } from '../table/change-stamp.ts';
import { type ControlPlane, withinOrganization } from '../table/scope.ts';

/**
 * A change of plan reaches entries after so long at most. Those already written keep the time they were
 * given.
 */
const rememberedMs = 300_000;

/** As long as the plan that keeps entries the longest. */
const longest = Math.max(...Object.values(catalogue).map(({ auditRetentionDays }) => auditRetentionDays));

/** What a change says of who made it; nobody, where it doesn't say so credibly. */
interface AttributedChange {
  readonly action: string;
  readonly actor: (Pick<ChangeStamp, 'by' | 'impersonatedBy'> & { readonly role: string }) | null;
}

/** Whoever may set a plan, also while acting as somebody else, and who names nobody. */
const choosesPlans = (actor: AttributedChange['actor']): boolean =>
  actor === null ||
  actor.impersonatedBy !== undefined ||
  actor.role === 'super_admin' ||
  actor.by === 'system:import';

/** Who isn't of the platform can knock at its door as often as they like: that isn't kept for ever. */
const outsidersRefusalDays = 90;

/**
 * How many days an entry of an organization is kept: the longest, where its actor could have set the plan;
 * else as the plan says, so that nobody's evidence is shortened by themselves. Null, so for ever, for the
 * platform's own but the refusals of outsiders, and for an organization that is no more. Reads an
 * organization once in five minutes.
 * @param reader may read the organizations' profiles
 */
export function retentionOf(
  reader: ControlPlane,
): (organizationId: OrganizationId, change: AttributedChange) => Promise<number | null> {
  const known = new QuickLRU<OrganizationId, number | null>({ maxSize: 1000, maxAge: rememberedMs });
  return async (organizationId, { action, actor }) => {
    if (organizationId === PLATFORM)
      return action === 'access.refused' && actor?.role === 'outsider' ? outsidersRefusalDays : null;
    if (choosesPlans(actor)) return longest;
    const remembered = known.get(organizationId);
    if (remembered !== undefined) return remembered;
    const organization = await findOrganization(withinOrganization(reader, organizationId));
    const days = organization === null ? null : catalogue[organization.subscription.plan].auditRetentionDays;
    known.set(organizationId, days);
    return days;
  };
}
