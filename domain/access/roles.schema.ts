import * as z from 'zod/mini';

/** The seed's four roles, from the least to the most powerful. */
export const roles = ['team_member', 'team_leader', 'org_admin', 'super_admin'] as const;
export const Role = z.enum(roles);
export type Role = z.infer<typeof Role>;

/** Roles that live inside an organization; `super_admin` exists on the platform only. */
export const OrganizationRole = z.enum(['team_member', 'team_leader', 'org_admin']);
export type OrganizationRole = z.infer<typeof OrganizationRole>;

/** What somebody is in a team. The seed's `admin` of a team is imported as `leader`. */
export const TeamRole = z.enum(['leader', 'member']);
export type TeamRole = z.infer<typeof TeamRole>;

/** Whether a role is the highest of its organization: each organization keeps at least one who has it. */
export const isAdmin = (role: Role): boolean => role === 'org_admin' || role === 'super_admin';

/** Whether a role is above another: nobody grants, changes or removes what is above their own. */
export const isAbove = (role: Role, other: Role): boolean => roles.indexOf(role) > roles.indexOf(other);
