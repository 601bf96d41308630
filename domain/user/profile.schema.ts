import * as z from 'zod/mini';
import { Role, TeamRole } from '../access/roles.schema.ts';
import { OrganizationId, TeamId, UserId } from '../ids.ts';
import { calendarDate, timestamp } from '../time.schema.ts';

/** `deactivated`: refused from the next request on, until reactivated. Seat, teams and history are kept. */
export const UserStatus = z.enum(['active', 'deactivated']);

/** The seed's user: a Clerk identity's membership of one organization. */
export const User = z.object({
  userId: UserId,
  email: z.string(),
  name: z.string(),
  role: Role,
  status: z._default(UserStatus, 'active'),
  organizationId: OrganizationId,
  /** Their role in each team. */
  teams: z._default(z.record(TeamId, TeamRole), {}),
  /**
   * Whether their account has a second factor; absent until Clerk has reported it. Like `lastActiveOn`,
   * visible to admins and to the user.
   */
  twoFactor: z.optional(z.boolean()),
  /** The last day (UTC) on which they used the product, if within this month or the previous one. */
  lastActiveOn: z.optional(calendarDate),
  revision: z.int(),
  createdAt: timestamp,
  updatedAt: timestamp,
});
export type User = z.infer<typeof User>;
