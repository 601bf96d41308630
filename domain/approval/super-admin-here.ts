import { confirmedBy, type FactorAges } from '../access/step-up.ts';
import type { Context } from '../context.ts';
import { UserId } from '../ids.ts';
import type { User } from '../user/profile.schema.ts';
import { activeSuperAdmins } from '../user/super-admins.ts';
import { approvalRefusals } from './approval.refusals.ts';
import type { Confirmation } from './approval.schema.ts';

/** What a session says of how its person has proved who they are. */
export interface SessionProof {
  readonly factorAges: FactorAges | undefined;
}

/** The one who asks, as a super admin, and the others there are. */
interface Present {
  readonly self: User;
  readonly others: readonly User[];
}

/** Reads who asks, and who else is a super admin, now. Throws `forbidden` for anybody else. */
export async function superAdminHere({ scope, actor }: Context): Promise<Present> {
  const admins = await activeSuperAdmins(scope);
  const self = admins.find(({ userId }) => userId === actor.by);
  if (self === undefined) throw approvalRefusals.not_an_active_super_admin();
  return { self, others: admins.filter((one) => one !== self) };
}

/** What is noted of somebody who has just confirmed that it is them. Throws as `confirmedBy` does. */
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
