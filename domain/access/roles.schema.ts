import * as z from 'zod/mini';

/** The four roles, from least to most powerful. */
export const roles = ['team_member', 'team_leader', 'org_admin', 'super_admin'] as const;
export const Role = z.enum(roles);
export type Role = z.infer<typeof Role>;

/** Roles that live inside an organization; `super_admin` exists on the platform only. */
export const OrganizationRole = z.enum(['team_member', 'team_leader', 'org_admin']);
export type OrganizationRole = z.infer<typeof OrganizationRole>;

/** A user's role in a team. Legacy team `admin`s are imported as `leader`. */
export const TeamRole = z.enum(['leader', 'member']);
export type TeamRole = z.infer<typeof TeamRole>;

/** Whether a role is the highest in its organization, of which at least one user must remain. */
export const isAdmin = (role: Role): boolean => role === 'org_admin' || role === 'super_admin';

/** Whether a role is above another: no one grants, changes or removes a role above their own. */
export const isAbove = (role: Role, other: Role): boolean => roles.indexOf(role) > roles.indexOf(other);
