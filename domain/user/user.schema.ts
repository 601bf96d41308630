import * as z from 'zod/mini';
import { OrganizationRole, Role, TeamRole } from '../access/roles.schema.ts';
import { OrganizationId, TeamId, UserId } from '../ids.ts';
import { page, pageQuery } from '../page.schema.ts';
import { timestamp } from '../text.schema.ts';

/** The seed's user: a Clerk identity's membership of one organization. */
export const User = z.object({
  userId: UserId,
  email: z.string(),
  name: z.string(),
  role: Role,
  organizationId: OrganizationId,
  /** The teams they are in, and as what. */
  teams: z._default(z.record(TeamId, TeamRole), {}),
  revision: z.int(),
  createdAt: timestamp,
  updatedAt: timestamp,
});
export type User = z.infer<typeof User>;

export const UserListQuery = pageQuery;
export const UserPage = page(User);

/** What an admin may change of a user. */
export const UserChange = z.strictObject({ role: OrganizationRole });
