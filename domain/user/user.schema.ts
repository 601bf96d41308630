import * as z from 'zod/mini';
import { OrganizationRole } from '../access/roles.schema.ts';
import { orElse } from '../field-errors.ts';
import { KpiId, TeamId } from '../ids.ts';
import { page, pageQuery } from '../page.schema.ts';
import { rule } from '../rule.schema.ts';
import { line } from '../text.schema.ts';
import { User, UserStatus } from './profile.schema.ts';

/**
 * The filter of a user list. Each word of `search` must start a word of the name or the address, including
 * parts after a hyphen, an apostrophe or a dot; accents are ignored.
 */
const userFilter = {
  role: z.optional(OrganizationRole),
  status: z.optional(UserStatus),
  teamId: z.optional(TeamId),
  search: z.optional(line(120)),
};
/** Supported orders; the default is by id. */
export const userOrders = ['name', 'joined'] as const;
export type UserOrder = (typeof userOrders)[number];

/** With `lastActive`, users include the day of their last activity, for those who may see it. */
const include = z.optional(z.enum(['lastActive']));
export const UserQuery = z.strictObject({ include });
export const UserListQuery = z.extend(pageQuery, {
  ...userFilter,
  sort: z.optional(z.enum(userOrders)),
  direction: z._default(z.enum(['asc', 'desc']), 'asc'),
  include,
});
const UserFilter = z.object(userFilter);
export type UserFilter = z.infer<typeof UserFilter>;

export const UserPage = page(User);

/** What an admin may change about a user: one thing at a time, so that the audit log shows which. */
export const UserChange = z
  .strictObject({ role: z.optional(OrganizationRole), status: z.optional(UserStatus) })
  .check(
    rule(({ role, status }) => (role === undefined) !== (status === undefined), {
      ...orElse('neither_role_nor_status'),
      says: { jsonSchema: { minProperties: 1, maxProperties: 1 } },
    }),
  );
export type UserChange = z.infer<typeof UserChange>;

/** What a removal leaves behind: teams without a lead and KPIs without an owner. */
export const UserRemoval = z.object({
  needNewOwner: z.object({
    teams: z.array(z.object({ id: TeamId, name: z.string() })),
    kpis: z.array(z.object({ id: KpiId, name: z.string() })),
  }),
});
export type UserRemoval = z.infer<typeof UserRemoval>;
