import type { OrganizationInDirectory } from '../organization/organization.schema.ts';
import { type Attention, type AttentionReason, attentionReasons } from './attention.schema.ts';
import { daysBefore } from './day.ts';
import type { UsageSnapshot } from './usage.schema.ts';

const soonDays = 30;
const quietDays = 14;

/** Whether an organization is served on a day: active, and its plan not past its last day. */
export const standingOn = ({ status, subscription }: OrganizationInDirectory, date: string) => {
  if (status !== 'active') return 'suspended' as const;
  return subscription.endDate !== undefined && subscription.endDate < date
    ? ('expired' as const)
    : ('served' as const);
};

function* healthReasons({ health }: UsageSnapshot): Generator<AttentionReason> {
  if (health === undefined) return;
  if (health.waitingInvitations > 0) yield 'invitations_waiting';
  if (health.leaderlessTeams > 0) yield 'teams_without_leader';
  if (health.quietKpis > 0) yield 'kpis_quiet';
}

function reasonsOf(organization: OrganizationInDirectory, snapshot: UsageSnapshot): AttentionReason[] {
  const { date, activeAdmins = 0, lastActiveOn } = snapshot;
  const standing = standingOn(organization, date);
  // Nobody can get in: that explains the rest.
  if (standing === 'suspended') return ['suspended'];
  if (standing === 'expired') return ['plan_expired'];
  const { endDate } = organization.subscription;
  const reasons: AttentionReason[] = [];
  if (endDate !== undefined && daysBefore(endDate, soonDays) <= date) reasons.push('plan_ends_soon');
  if (activeAdmins === 0) reasons.push('no_admin');
  else if (
    organization.createdAt.slice(0, 10) <= daysBefore(date, quietDays) &&
    (lastActiveOn ?? '') <= daysBefore(date, quietDays)
  )
    reasons.push('no_activity');
  return [...reasons, ...healthReasons(snapshot)];
}

/** What makes an organization one to look at on the day of its snapshot, or null. */
export function attentionOf(
  organization: OrganizationInDirectory,
  snapshot: UsageSnapshot,
): Attention | null {
  const reasons = reasonsOf(organization, snapshot);
  if (reasons.length === 0) return null;
  const { id, name, createdAt, subscription } = organization;
  const { lastActiveOn } = snapshot;
  return {
    organizationId: id,
    name,
    reasons,
    createdAt,
    ...(subscription.endDate === undefined ? {} : { endDate: subscription.endDate }),
    ...(lastActiveOn === undefined ? {} : { lastActiveOn }),
  };
}

const rank = ({ reasons: [first = 'suspended'], endDate = '', organizationId }: Attention) =>
  `${attentionReasons.indexOf(first)} ${endDate} ${organizationId}`;

/** The most pressing first; of two alike the one whose plan ends sooner. */
export const byUrgency = (a: Attention, b: Attention): number => (rank(a) < rank(b) ? -1 : 1);
