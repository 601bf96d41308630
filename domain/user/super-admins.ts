import type { Context } from '../context.ts';
import { nameOrder } from '../folded-text.ts';
import { PLATFORM, type UserId } from '../ids.ts';
import { changeCounts } from '../organization/counts.ts';
import { findAll } from '../table/reads.ts';
import type { OrganizationScope } from '../table/scope.ts';
import type { Write } from '../table/transaction.ts';
import { create, fresh } from '../table/writes.ts';
import { claimForPlatform } from './member-claims.ts';
import { User } from './profile.schema.ts';
import { UserItem } from './user.noun.ts';
import { userRefusals } from './user.refusals.ts';
import { claimEmail, joiningOf } from './user-writes.ts';

/** Whether a user is an active super admin. */
const isActiveSuperAdmin = ({
  role,
  status,
  organizationId,
}: Pick<User, 'role' | 'status' | 'organizationId'>): boolean =>
  role === 'super_admin' && status === 'active' && organizationId === PLATFORM;

/** The currently active super admins (strongly consistent). */
export async function activeSuperAdmins(platform: OrganizationScope): Promise<User[]> {
  const users = await findAll(platform, UserItem);
  return users.map((item) => User.parse(item)).filter(isActiveSuperAdmin);
}

/** A future super admin, as the identity provider knows them. */
export interface NewSuperAdmin {
  readonly userId: UserId;
  readonly name: string;
  readonly email: string;
  readonly twoFactor?: boolean | undefined;
}

/**
 * The writes that make a user a super admin: the user, their address, their claim and the platform's
 * counts. Refused if they already are one, or if their claim changes meanwhile.
 * @param ctx its scope is the platform's
 */
export async function superAdminWrites(
  ctx: Context,
  { userId, name, email, twoFactor }: NewSuperAdmin,
): Promise<Write[]> {
  const { scope, now } = ctx;
  const person = { userId, name, nameOrder: nameOrder(name), email, twoFactor, role: 'super_admin' as const };
  const user = fresh(ctx, UserItem, person, 'user.joined');
  return [
    create(scope, UserItem, user, userRefusals.user_is_a_member),
    claimEmail(scope, email, userId, 'input.email', joiningOf(user)),
    await claimForPlatform(scope, userId, now),
    changeCounts(scope, { users: 1, admins: 1 }),
  ];
}
