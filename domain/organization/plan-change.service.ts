import type { Actor } from '../actor.ts';
import { stale } from '../errors.ts';
import { catalogue } from '../subscription/catalogue.ts';
import {
  allowances,
  type Entitlement,
  entitlements,
  type Subscription,
} from '../subscription/subscription.schema.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { transact } from '../table/write.ts';
import type { OrganizationCounts, PlanChange } from './organization.schema.ts';
import { organizationWithCounts } from './organization-detail.service.ts';
import { changed, profileWrites } from './profile.service.ts';
import { subscriptionChangeWrite } from './subscription-history.service.ts';

const inUse = ({
  users,
  pendingInvitations,
  teams,
  kpis,
}: OrganizationCounts): Record<Entitlement, number> => ({
  seats: users + pendingInvitations,
  teams,
  kpis,
});

/** What an organization has more of than a plan allows. */
function excess(counts: OrganizationCounts, plan: Subscription['plan']): PlanChange['exceeded'] {
  const used = inUse(counts);
  return entitlements
    .filter((of) => used[of] > catalogue[plan][of])
    .map((of) => ({ entitlement: of, used: used[of], allowed: catalogue[plan][of] }));
}

/** What another plan gives less or more of. */
function allowancesOf(from: Subscription['plan'], to: Subscription['plan']): PlanChange['allowances'] {
  return allowances
    .filter((of) => catalogue[from][of] !== catalogue[to][of])
    .map((of) => ({ allowance: of, from: catalogue[from][of], to: catalogue[to][of] }));
}

/**
 * Changes plan, start or end, and says what the organization then has too much of: it keeps what it has, and can add nothing
 * more. With `dryRun` it only says so. Throws `not_found` and `stale`.
 */
export async function changeSubscription(
  scope: OrganizationScope,
  actor: Actor,
  { subscription, revision, dryRun }: { subscription: Subscription; revision: number; dryRun: boolean },
  now: Date,
): Promise<PlanChange> {
  const organization = await organizationWithCounts(scope);
  if (organization.revision !== revision) throw stale();
  const exceeded = excess(organization.counts, subscription.plan);
  const outcome = {
    subscription,
    exceeded,
    allowances: allowancesOf(organization.subscription.plan, subscription.plan),
  };
  if (dryRun) return { ...outcome, applied: false, revision };
  const { counts: _, lastActivityOn: __, ...before } = organization;
  const after = changed({ ...before, subscription }, now);
  const change = { before, after };
  await transact(scope, [
    ...profileWrites(scope, actor, 'subscription.changed', change),
    subscriptionChangeWrite(scope, actor, change),
  ]);
  return { ...outcome, applied: true, revision: after.revision };
}
