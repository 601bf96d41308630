import type { AppError } from '../errors.ts';
import { countsOf, exceeded } from '../organization/counts.ts';
import type { Organization } from '../organization/profile.schema.ts';
import { catalogue } from '../subscription/catalogue.ts';
import type { Entitlement } from '../subscription/subscription.schema.ts';
import type { OrganizationScope } from '../table/scope.ts';

/** The refusal of one more than the plan allows; null while there is room. The write checks it again. */
export async function noRoomFor(
  scope: OrganizationScope,
  of: Entitlement,
  { subscription: { plan } }: Organization,
): Promise<AppError | null> {
  const { users, pendingInvitations, teams, kpis } = await countsOf(scope, true);
  const used = { seats: users + pendingInvitations, teams, kpis };
  return used[of] < catalogue[plan][of] ? null : exceeded(of, plan);
}
