import { catalogue } from '../subscription/catalogue.ts';
import type { Entitlement, Plan } from '../subscription/subscription.schema.ts';
import { entityOf } from '../table/entity.ts';
import type { OrganizationScope } from '../table/scope.ts';
import type { Write } from '../table/transaction.ts';
import { adjust, check, erase } from '../table/writes.ts';
import { requireOrganization } from './find-organization.ts';
import { DirectoryRowItem } from './organization.noun.ts';
import { organizationRefusals } from './organization.refusals.ts';
import { type CountedOrganization, OrganizationCounts } from './organization.schema.ts';

/** How much a transaction changes an organization's counts. */
type CountChange = Partial<Record<keyof OrganizationCounts | 'admins', number>>;

/** The additions to the row: a new user or invitation also takes a seat. */
function added(change: CountChange) {
  const seats = (change.users ?? 0) + (change.pendingInvitations ?? 0);
  return seats === 0 ? change : { ...change, seats };
}

/** A condition on an organization's counts, and the refusal if it doesn't hold. */
type Condition = Pick<Parameters<typeof adjust<typeof DirectoryRowItem>>[3], 'where' | 'refusal'>;

/** The write that changes an organization's counts along with what they count. */
export const changeCounts = (
  scope: OrganizationScope,
  change: CountChange,
  condition: Condition = {},
): Write => adjust(scope, DirectoryRowItem, {}, { add: added(change), ...condition });

/**
 * The write that counts one more of something; refused with `entitlement_exceeded` if the plan allows no
 * more.
 */
export const countWithinPlan = (
  scope: OrganizationScope,
  change: CountChange,
  { of, plan }: { readonly of: Entitlement; readonly plan: Plan },
): Write =>
  changeCounts(scope, change, {
    where: (counts, { lt }) => lt(counts[of], catalogue[plan][of]),
    refusal: () => exceeded(of, plan),
  });

/**
 * Throws `entitlement_exceeded` when these counts leave no seat: the condition of `countWithinPlan`, checked
 * before the write.
 */
export function refuseFull({ users, pendingInvitations }: OrganizationCounts, plan: Plan): void {
  if (users + pendingInvitations >= catalogue[plan].seats) throw exceeded('seats', plan);
}

const moreAdminsThan = (number: number): Condition => ({
  where: ({ admins }, { gt }) => gt(admins, number),
  refusal: organizationRefusals.only_admin,
});

/** The condition that an organization has more than `number` active admins; refused with `last_admin`. */
export const checkMoreAdminsThan = (scope: OrganizationScope, number: number): Write =>
  check(scope, DirectoryRowItem, {}, moreAdminsThan(number));

/** The write that changes counts if there is an active admin; refused with `last_admin` if there is none. */
export const countBesideAdmin = (scope: OrganizationScope, change: CountChange): Write =>
  changeCounts(scope, change, moreAdminsThan(0));

/** The write that counts one active admin less; refused with `last_admin` if there is no other. */
export const countAdminLess = (scope: OrganizationScope, change: CountChange): Write =>
  changeCounts(scope, { ...change, admins: -1 }, moreAdminsThan(1));

/** The write that deletes an organization's row; refused with `conflict` while it counts anything. */
export const endCounts = (scope: OrganizationScope): Write =>
  erase(
    scope,
    DirectoryRowItem,
    {},
    {
      where: ({ seats, teams, kpis }, { eq }) => `${eq(seats, 0)} AND ${eq(teams, 0)} AND ${eq(kpis, 0)}`,
      refusal: organizationRefusals.organization_in_use,
    },
  );

/** The refusal when a plan allows no more. */
export const exceeded = (of: Entitlement, plan: Plan) =>
  organizationRefusals[`${of}_used_up`]({ plan, allowed: catalogue[plan][of] });

const none = { users: 0, pendingInvitations: 0, teams: 0, kpis: 0 };

/**
 * The counts of the scope's organization, and how many active admins it has.
 * @param consistent whether to read them strongly consistently: for a decision, not for display
 */
export async function countsOf(
  { organizationId, client, table }: OrganizationScope,
  consistent = false,
): Promise<OrganizationCounts & { readonly admins: number }> {
  const { data } = await entityOf(DirectoryRowItem).get({ organizationId }).go({ client, table, consistent });
  return { ...OrganizationCounts.parse(data ?? none), admins: data?.admins ?? 0 };
}

/** The organization of the scope with its counts and when it was last used. Throws `not_found`. */
export async function requireOrganizationWithCounts(scope: OrganizationScope): Promise<CountedOrganization> {
  const { organizationId, client, table } = scope;
  const [organization, { data: row }] = await Promise.all([
    requireOrganization(scope),
    entityOf(DirectoryRowItem).get({ organizationId }).go({ client, table }),
  ]);
  return {
    ...organization,
    counts: OrganizationCounts.parse(row ?? none),
    admins: row?.admins ?? 0,
    signals: row?.signals,
    weekAgo: row?.weekAgo,
    reached: row?.reached,
    suspendedAt: row?.suspendedAt,
    reactivatedAt: row?.reactivatedAt,
    lastActivityOn: row?.lastActivityOn ?? organization.createdAt.slice(0, 10),
    stage: row?.stage ?? 'invited',
  };
}
