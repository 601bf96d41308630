import { refusals } from '../errors.ts';

/** The refusals of use cases of organizations. */
export const organizationRefusals = refusals({
  organization_not_found: ['not_found', 'There is no such organization.'],
  organization_name_taken: ['already_exists', 'An organization of this name exists already.', 'name'],
  external_id_taken: ['already_exists', 'Another organization has this external id already.', 'externalId'],
  platform_exists: ['already_exists', 'The platform has its first super admin already.'],
  organization_in_use: ['conflict', 'This organization has users, invitations, teams or KPIs.'],
  suspended_already: ['conflict', 'This organization is suspended already.'],
  active_already: ['conflict', 'This organization is active already.'],
  organization_suspended: [
    'organization_inactive',
    'This organization is suspended. Ask the platform to reactivate it.',
  ],
  plan_ended: [
    'subscription_expired',
    "This organization's plan ended on {date}. Ask the platform to renew it.",
  ],
  only_admin: ['last_admin', 'This is the only admin. Make somebody else an admin first, then try again.'],
  seats_used_up: [
    'entitlement_exceeded',
    'The plan "{plan}" allows {allowed} users, open invitations included, and all are in use. Remove some, or ask the platform for a larger plan.',
  ],
  teams_used_up: [
    'entitlement_exceeded',
    'The plan "{plan}" allows {allowed} teams, and all are in use. Remove some, or ask the platform for a larger plan.',
  ],
  kpis_used_up: [
    'entitlement_exceeded',
    'The plan "{plan}" allows {allowed} KPIs, and all are in use. Remove some, or ask the platform for a larger plan.',
  ],
});
