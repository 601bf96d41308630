import { AppError } from '../errors.ts';
import { catalogue } from '../subscription/catalogue.ts';
import type { Entitlement, Plan } from '../subscription/subscription.schema.ts';
import { entityOf } from '../table/entity.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { put, remove, update, type Write } from '../table/write.ts';
import { firstRowOf } from './directory-row.ts';
import { DirectoryRowItem } from './organization.noun.ts';
import { OrganizationCounts } from './organization.schema.ts';
import type { Organization } from './profile.schema.ts';

/** By how much a transaction moves an organization's counts. */
type CountChange = Partial<Record<keyof OrganizationCounts | 'admins', number>>;

/**
 * The write that begins an organization's counts: with the open invitation of its first admin.
 * @param organization the profile, for the directory; the platform has none
 */
export const beginCountsWrite = (
  scope: OrganizationScope,
  organization?: Organization,
  refusal?: () => AppError,
): Write =>
  put(
    scope,
    entityOf(DirectoryRowItem).create({
      organizationId: scope.organizationId,
      pendingInvitations: 1,
      seats: 1,
      ...(organization === undefined ? {} : firstRowOf(organization)),
    }),
    refusal,
  );

/** The write that begins the row of an organization that has nobody yet. */
export const beginEmptyCountsWrite = (scope: OrganizationScope, organization: Organization): Write =>
  put(
    scope,
    entityOf(DirectoryRowItem).create({ organizationId: scope.organizationId, ...firstRowOf(organization) }),
  );

/** The write that ends an organization's row, refused with `conflict` while it has anything. */
export const endCountsWrite = (scope: OrganizationScope): Write =>
  remove(
    scope,
    entityOf(DirectoryRowItem)
      .remove({ organizationId: scope.organizationId })
      .where(({ seats, teams, kpis }, { eq }) => `${eq(seats, 0)} AND ${eq(teams, 0)} AND ${eq(kpis, 0)}`),
    () => new AppError('conflict', 'This organization has users, invitations, teams or KPIs.'),
  );

const move = (scope: OrganizationScope, change: CountChange) => {
  const seats = (change.users ?? 0) + (change.pendingInvitations ?? 0);
  return entityOf(DirectoryRowItem)
    .patch({ organizationId: scope.organizationId })
    .add({
      ...change,
      ...(seats === 0 ? {} : { seats }),
    });
};

/** The write that moves an organization's counts along with what they count. */
export const countWrite = (scope: OrganizationScope, change: CountChange): Write =>
  update(scope, move(scope, change));

/** The write that counts one thing more, refused with `entitlement_exceeded` when the plan allows no more of it. */
export const countWithinPlanWrite = (
  scope: OrganizationScope,
  change: CountChange,
  { of, plan }: { readonly of: Entitlement; readonly plan: Plan },
): Write =>
  update(
    scope,
    move(scope, change).where((counts, { lt }) => lt(counts[of], catalogue[plan][of])),
    () => exceeded(of, plan),
  );

/** Refuses with `entitlement_exceeded` where these counts leave no seat: what `countWithinPlanWrite` holds to, seen before the write. */
export function refuseFull({ users, pendingInvitations }: OrganizationCounts, plan: Plan): void {
  if (users + pendingInvitations >= catalogue[plan].seats) throw exceeded('seats', plan);
}

/** The write that moves counts where an active admin stays; refused with `last_admin` where there is none. */
export const countBesideAdminWrite = (scope: OrganizationScope, change: CountChange): Write =>
  update(
    scope,
    move(scope, change).where(({ admins }, { gt }) => gt(admins, 0)),
    lastAdmin,
  );

/** The write that takes the admin's role from somebody, refused with `last_admin` when nobody else has it. */
export const fewerAdminsWrite = (scope: OrganizationScope, change: CountChange): Write =>
  update(
    scope,
    move(scope, { ...change, admins: -1 }).where(({ admins }, { gt }) => gt(admins, 1)),
    lastAdmin,
  );

const lastAdmin = () =>
  new AppError('last_admin', 'This is the only admin. Make somebody else an admin first, then try again.');

const words: Record<Entitlement, string> = {
  seats: 'users, open invitations included',
  teams: 'teams',
  kpis: 'KPIs',
};

const exceeded = (of: Entitlement, plan: Plan) =>
  new AppError(
    'entitlement_exceeded',
    `The plan "${plan}" allows ${catalogue[plan][of]} ${words[of]}, and all are in use. Remove some, or ask the platform for a larger plan.`,
  );

/**
 * The counts of the scope's organization, and of its admins those who are active.
 * @param consistent whether they are those of this moment: to decide by, not to show
 */
export async function countsOf(
  { organizationId, client, table }: OrganizationScope,
  consistent = false,
): Promise<OrganizationCounts & { readonly admins: number }> {
  const { data } = await entityOf(DirectoryRowItem).get({ organizationId }).go({ client, table, consistent });
  return { ...OrganizationCounts.parse(data ?? none), admins: data?.admins ?? 0 };
}

const none = { users: 0, pendingInvitations: 0, teams: 0, kpis: 0 };
