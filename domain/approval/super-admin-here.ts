import { confirmedBy, type FactorAges } from '../access/step-up.ts';
import type { Context } from '../context.ts';
import { UserId } from '../ids.ts';
import type { User } from '../user/profile.schema.ts';
import { activeSuperAdmins } from '../user/super-admins.ts';
import { approvalRefusals } from './approval.refusals.ts';
import type { Confirmation } from './approval.schema.ts';

/** How a session's user has confirmed their identity. */
export interface SessionProof {
  readonly factorAges: FactorAges | undefined;
}

/** The caller as a super admin, and the other super admins. */
interface Present {
  readonly self: User;
  readonly others: readonly User[];
}

/** Reads the caller and the other super admins (strongly consistent). Throws `forbidden` for anyone else. */
export async function superAdminHere({ scope, actor }: Context): Promise<Present> {
  const admins = await activeSuperAdmins(scope);
  const self = admins.find(({ userId }) => userId === actor.by);
  if (self === undefined) throw approvalRefusals.not_an_active_super_admin();
  return { self, others: admins.filter((one) => one !== self) };
}

/** The record of a user's confirmation. Throws like `confirmedBy`. */
export const confirmationOf = (
  { actor, now }: Context,
  { userId, name, twoFactor }: User,
  { factorAges }: SessionProof,
): Confirmation => ({
  userId: UserId.parse(userId),
  name,
  factor: confirmedBy({ actor, factorAges, twoFactor }),
  at: now.toISOString(),
});
