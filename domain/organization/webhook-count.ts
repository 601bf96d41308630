import type { Context } from '../context.ts';
import type { AppError } from '../errors.ts';
import type { Plan } from '../subscription/subscription.schema.ts';
import { find } from '../table/reads.ts';
import type { OrganizationScope } from '../table/scope.ts';
import type { Write } from '../table/transaction.ts';
import { change } from '../table/writes.ts';
import { OrganizationItem } from './organization.noun.ts';

interface Limit {
  readonly most: number;
  readonly refusal: () => AppError;
}

/**
 * Counts a webhook on the organization's profile, which the audit writer reads anyway, so organizations
 * without webhooks cost nothing. Not an audited change of the profile.
 */
export const countWebhook = (
  ctx: Context,
  by: 1 | -1,
  secondaryTo: string,
  { most, refusal }: Limit,
): Write =>
  change(
    ctx,
    OrganizationItem,
    {},
    {
      secondaryTo,
      refusal,
      keepsRevision: true,
      add: { webhooks: by },
      where: ({ webhooks }, { lt, gt, notExists }) =>
        by === 1 ? `(${notExists(webhooks)} OR ${lt(webhooks, most)})` : gt(webhooks, 0),
    },
  );

/** What the audit writer needs to know about an organization; null if it was deleted. */
export async function planAndWebhooks(
  scope: OrganizationScope,
): Promise<{ readonly plan: Plan; readonly webhooks: number } | null> {
  const stored = await find(scope, OrganizationItem, {});
  return stored === null ? null : { plan: stored.plan, webhooks: stored.webhooks ?? 0 };
}
