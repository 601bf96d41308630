import { organizationRefusals } from './organization.refusals.ts';
import type { Organization } from './profile.schema.ts';

/**
 * Throws unless the organization is served at `now`: it must be active, and its plan not past the end of
 * its last day (UTC). Before the plan's first day it is served, so that its admin can set it up.
 */
export function assertServed(
  { status, subscription }: Pick<Organization, 'status' | 'subscription'>,
  now: Date,
): void {
  if (status !== 'active') throw organizationRefusals.organization_suspended();
  const today = now.toISOString().slice(0, 10);
  if (subscription.endDate !== undefined && subscription.endDate < today)
    throw organizationRefusals.plan_ended({ date: subscription.endDate });
}

/** Whether the organization is served at `now`. */
export function isServed(organization: Parameters<typeof assertServed>[0], now: Date): boolean {
  try {
    assertServed(organization, now);
    return true;
  } catch {
    return false;
  }
}

/** Throws `conflict` for an organization that is frozen because it is leaving. */
export function assertNotFrozen({ frozenAt }: Pick<Organization, 'frozenAt'>): void {
  if (frozenAt !== undefined) throw organizationRefusals.organization_frozen();
}
