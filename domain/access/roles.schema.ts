import * as z from 'zod';

/** The seed's four roles, from the least to the most powerful. */
export const roles = ['team_member', 'team_leader', 'org_admin', 'super_admin'] as const;
export const Role = z.enum(roles);
export type Role = z.infer<typeof Role>;

/** Roles that live inside an organization; `super_admin` exists on the platform only. */
export const OrganizationRole = Role.exclude(['super_admin']);
export type OrganizationRole = z.infer<typeof OrganizationRole>;
