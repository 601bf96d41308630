import type { Role } from '../../domain/access/roles.schema.ts';
import type { Plan } from '../../domain/subscription/subscription.schema.ts';
import type { Standing } from './standing.ts';

/** How things are called to people. */
export const roleWords: Readonly<Record<Role, string>> = {
  super_admin: 'Super admin',
  org_admin: 'Admin',
  team_leader: 'Team leader',
  team_member: 'Team member',
};

export const planWords: Readonly<Record<Plan, string>> = {
  starter: 'Starter',
  growth: 'Growth',
  enterprise: 'Enterprise',
};

export const standingWords: Readonly<Record<Standing, string>> = {
  active: 'Active',
  onboarding: 'Onboarding',
  ending: 'Ends soon',
  expired: 'Plan ended',
  suspended: 'Suspended',
};
