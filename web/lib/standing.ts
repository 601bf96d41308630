import type { OrganizationCounts } from '../../domain/organization/organization.schema.ts';
import type { Organization } from '../../domain/organization/profile.schema.ts';

/** What a super admin wants to know of an organization at one look, from facts. */
export type Standing = 'active' | 'onboarding' | 'ending' | 'expired' | 'suspended';

const soonDays = 30;
const dayMs = 86_400_000;

/** Whole days until a calendar date (UTC); negative when it has passed. */
const daysUntil = (date: string, now: Date): number =>
  Math.round((Date.parse(date) - Date.parse(now.toISOString().slice(0, 10))) / dayMs);

export function standingOf(
  {
    status,
    subscription,
    counts,
  }: Pick<Organization, 'status' | 'subscription'> & { readonly counts?: OrganizationCounts },
  now: Date,
): Standing {
  if (status === 'inactive') return 'suspended';
  const left = subscription.endDate === undefined ? undefined : daysUntil(subscription.endDate, now);
  if (left !== undefined && left < 0) return 'expired';
  if (counts?.users === 0) return 'onboarding';
  return left !== undefined && left <= soonDays ? 'ending' : 'active';
}
