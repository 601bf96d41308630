import type { Actor } from '../actor.ts';
import { stale } from '../errors.ts';
import { catalogue, type Entitlement, entitlements } from '../subscription/catalogue.ts';
import type { Subscription } from '../subscription/subscription.schema.ts';
import { updated } from '../table/change-stamp.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { transact, update } from '../table/write.ts';
import { organizationWithCounts } from './directory.service.ts';
import { OrganizationEntity } from './organization.entity.ts';
import type { OrganizationCounts, PlanChange } from './organization.schema.ts';

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
  const { counts, ...organization } = await organizationWithCounts(scope);
  if (organization.revision !== revision) throw stale();
  const exceeded = excess(counts, subscription.plan);
  if (dryRun) return { applied: false, subscription, exceeded, revision };
  const { plan, startDate, endDate } = subscription;
  const changes = { plan, startDate, ...updated(actor, 'subscription.changed', now) };
  const patch = OrganizationEntity.patch({ organizationId: scope.organizationId });
  const changed = (
    endDate === undefined ? patch.set(changes).remove(['endDate']) : patch.set({ ...changes, endDate })
  )
    .add({ revision: 1 })
    .where((item, { eq }) => eq(item.revision, revision));
  await transact(scope, [update(scope, changed, stale)]);
  return { applied: true, subscription, exceeded, revision: revision + 1 };
}
