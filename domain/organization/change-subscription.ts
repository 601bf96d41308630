import type { Context } from '../context.ts';
import { stale } from '../errors.ts';
import { catalogue } from '../subscription/catalogue.ts';
import {
  allowances,
  entitlements,
  type Plan,
  type Subscription,
} from '../subscription/subscription.schema.ts';
import { transact } from '../table/transaction.ts';
import { assertNotFrozen } from './assert-served.ts';
import { countsOf } from './counts.ts';
import { requireOrganization } from './find-organization.ts';
import type { OrganizationCounts, PlanChange } from './organization.schema.ts';
import { changeProfile } from './organization-writes.ts';
import { keepSubscriptionChange } from './subscription-history.ts';
import { revised } from './update-organization.ts';

/** Where an organization exceeds a plan. */
function excess(
  { users, pendingInvitations, teams, kpis }: OrganizationCounts,
  plan: Plan,
): PlanChange['exceeded'] {
  const used = { seats: users + pendingInvitations, teams, kpis };
  return entitlements
    .filter((of) => used[of] > catalogue[plan][of])
    .map((of) => ({ entitlement: of, used: used[of], allowed: catalogue[plan][of] }));
}

/** The entitlements that two plans differ in. */
const difference = (from: Plan, to: Plan): PlanChange['allowances'] =>
  allowances
    .filter((of) => catalogue[from][of] !== catalogue[to][of])
    .map((of) => ({ allowance: of, from: catalogue[from][of], to: catalogue[to][of] }));

/**
 * Changes plan, start or end date, and returns what then exceeds the plan: the organization keeps what it
 * has, but can't add to it. With `dryRun` nothing is written. Throws `not_found` and `stale`.
 */
export async function changeSubscription(
  ctx: Context,
  {
    subscription,
    revision,
    dryRun,
  }: { readonly subscription: Subscription; readonly revision: number; readonly dryRun: boolean },
): Promise<PlanChange> {
  const [before, counts] = await Promise.all([requireOrganization(ctx.scope), countsOf(ctx.scope)]);
  if (before.revision !== revision) throw stale();
  const outcome = {
    subscription,
    exceeded: excess(counts, subscription.plan),
    allowances: difference(before.subscription.plan, subscription.plan),
  };
  if (!dryRun) assertNotFrozen(before);
  if (dryRun) return { ...outcome, applied: false, revision };
  const after = revised({ ...before, subscription }, ctx);
  await transact(ctx.scope, [
    ...changeProfile(ctx, 'subscription.changed', { before, after }),
    keepSubscriptionChange(ctx, { before, after }),
  ]);
  return { ...outcome, applied: true, revision: after.revision };
}
