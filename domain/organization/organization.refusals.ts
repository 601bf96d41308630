import { refusals } from '../errors.ts';

/** Refusals of the organization use cases. */
export const organizationRefusals = refusals({
  organization_not_found: ['not_found', 'Organization not found.'],
  organization_name_taken: ['already_exists', 'An organization with this name already exists.', 'name'],
  external_id_taken: ['already_exists', 'Another organization already uses this external ID.', 'externalId'],
  platform_exists: ['already_exists', 'The platform already has its first super admin.'],
  organization_in_use: ['conflict', 'This organization already has users, invitations, teams or KPIs.'],
  suspended_already: ['conflict', 'This organization is already suspended.'],
  active_already: ['conflict', 'This organization is already active.'],
  organization_suspended: [
    'organization_inactive',
    'This organization is suspended. Only a super admin of the platform can reactivate it.',
  ],
  organization_frozen: [
    'conflict',
    'This organization is leaving, so nothing in it can be changed. Only a super admin of the platform can undo that.',
  ],
  nobody_joins_now: ['organization_inactive', 'This organization is leaving, so no one can join it.'],
  plan_ended: [
    'subscription_expired',
    'This organization’s plan ended on {date}. Only a super admin of the platform can renew it.',
  ],
  only_admin: ['last_admin', 'This is the only admin. Make someone else an admin first.'],
  seats_used_up: [
    'entitlement_exceeded',
    'All {allowed} seats of the {plan} plan are in use, including pending invitations. Free up seats, or ask a super admin of the platform for a larger plan.',
  ],
  teams_used_up: [
    'entitlement_exceeded',
    'The {plan} plan includes {allowed} teams, and all are in use. Delete a team, or ask a super admin of the platform for a larger plan.',
  ],
  kpis_used_up: [
    'entitlement_exceeded',
    'The {plan} plan includes {allowed} KPIs, and all are in use. Delete a KPI, or ask a super admin of the platform for a larger plan.',
  ],
});
