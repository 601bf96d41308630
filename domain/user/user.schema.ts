import * as z from 'zod/mini';
import { OrganizationRole } from '../access/roles.schema.ts';
import { orElse } from '../field-errors.ts';
import { KpiId, TeamId } from '../ids.ts';
import { page, pageQuery } from '../page.schema.ts';
import { rule } from '../rule.schema.ts';
import { line } from '../text.schema.ts';
import { User, UserStatus } from './profile.schema.ts';

/** The filter of a list of users. `search` is the beginning of the address or of a word of the name. */
const userFilter = {
  role: z.optional(OrganizationRole),
  status: z.optional(UserStatus),
  teamId: z.optional(TeamId),
  search: z.optional(line(120)),
};
export const UserListQuery = z.extend(pageQuery, userFilter);
const UserFilter = z.object(userFilter);
export type UserFilter = z.infer<typeof UserFilter>;

export const UserPage = page(User);

/** What an admin may change of a user: one thing at a time, so that the audit trail says which. */
export const UserChange = z
  .strictObject({ role: z.optional(OrganizationRole), status: z.optional(UserStatus) })
  .check(
    rule(({ role, status }) => (role === undefined) !== (status === undefined), {
      ...orElse('neither_role_nor_status'),
      says: { jsonSchema: { minProperties: 1, maxProperties: 1 } },
    }),
  );
export type UserChange = z.infer<typeof UserChange>;

/** What a removal leaves behind: teams without a leader and KPIs without an owner. */
export const UserRemoval = z.object({
  needNewOwner: z.object({
    teams: z.array(z.object({ id: TeamId, name: z.string() })),
    kpis: z.array(z.object({ id: KpiId, name: z.string() })),
  }),
});
export type UserRemoval = z.infer<typeof UserRemoval>;
