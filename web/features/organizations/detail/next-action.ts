import type { Invitation } from '../../../../domain/invitation/invitation.schema.ts';
import type { HealthReasonCode } from '../../../../domain/organization/health.schema.ts';
import type { OrganizationWithCounts } from '../../../../domain/organization/organization.schema.ts';
import { catalogue } from '../../../../domain/subscription/catalogue.ts';
import { entitlements } from '../../../../domain/subscription/subscription.schema.ts';

/** Actions for a reason. `resend` needs an invitation and is performed immediately. */
type Act = 'renew' | 'inviteAdmin' | 'contact' | 'invitations' | 'teams' | 'kpis' | 'plan';

/** The recommended action. */
export type NextAction = { readonly act: Act } | { readonly act: 'resend'; readonly invitation: Invitation };

/** Suspension is handled at the top of the page. */
const actOf: Readonly<Partial<Record<HealthReasonCode, Act>>> = {
  plan_expired: 'renew',
  plan_ends_soon: 'renew',
  no_admin: 'inviteAdmin',
  no_activity: 'contact',
  low_activity: 'contact',
  no_check_ins: 'contact',
  invitations_waiting: 'invitations',
  teams_without_leader: 'teams',
  kpis_quiet: 'kpis',
};

const isOpen = ({ status }: Invitation) => status === 'pending' || status === 'expired';

/** The admin invited last who hasn't joined yet. */
export const invitedAdmin = (invitations: readonly Invitation[]): Invitation | undefined =>
  invitations.find((invitation) => invitation.role === 'org_admin' && isOpen(invitation));

function isFull({ counts, subscription: { plan } }: OrganizationWithCounts): boolean {
  const used = { ...counts, seats: counts.users + counts.pendingInvitations };
  return entitlements.some((of) => used[of] >= catalogue[plan][of]);
}

/**
 * The recommended action for a customer: about the worst health reason, otherwise about a limit that was
 * reached.
 */
export function nextActionOf(
  organization: OrganizationWithCounts,
  invitations: readonly Invitation[],
): NextAction | null {
  const act = organization.health.reasons.map(({ code }) => actOf[code]).find((one) => one !== undefined);
  const invitation = invitedAdmin(invitations);
  if (act === 'inviteAdmin' && invitation !== undefined) return { act: 'resend', invitation };
  if (act !== undefined) return { act };
  return organization.status === 'active' && isFull(organization) ? { act: 'plan' } : null;
}
