import type { Context } from '../context.ts';
import { collided } from '../errors.ts';
import { type OrganizationScope, platformScope } from '../table/scope.ts';
import { transact, write } from '../table/transaction.ts';
import { erase } from '../table/writes.ts';
import { directoryName } from './directory-row.ts';
import { findOrganization, requireOrganization } from './find-organization.ts';
import { ExternalIdClaimItem, NameClaimItem, OrganizationItem } from './organization.noun.ts';
import { organizationRefusals } from './organization.refusals.ts';
import { changeProfile } from './organization-writes.ts';
import type { Organization } from './profile.schema.ts';
import { revised } from './update-organization.ts';

/**
 * Suspends an active organization; its members are refused from their next request on. Throws `not_found`
 * and `conflict`.
 */
export async function suspendOrganization(
  ctx: Context,
  { reason }: { readonly reason: string },
): Promise<Organization> {
  const before = await requireOrganization(ctx.scope);
  if (before.status === 'inactive') throw organizationRefusals.suspended_already();
  const after = revised({ ...before, status: 'inactive', inactiveReason: reason }, ctx);
  const noted = { refusal: collided, row: { suspendedAt: after.updatedAt } };
  await transact(ctx.scope, changeProfile(ctx, 'organization.deactivated', { before, after }, noted));
  return after;
}

/**
 * Reactivates a suspended organization, effective with the next request. Throws `not_found` and `conflict`.
 */
export async function reactivateOrganization(ctx: Context): Promise<Organization> {
  const before = await requireOrganization(ctx.scope);
  if (before.status === 'active') throw organizationRefusals.active_already();
  const { inactiveReason: _, ...kept } = before;
  const after = revised({ ...kept, status: 'active' }, ctx);
  const noted = { refusal: collided, row: { reactivatedAt: after.updatedAt } };
  await transact(ctx.scope, changeProfile(ctx, 'organization.reactivated', { before, after }, noted));
  return after;
}

/**
 * Deletes what lets users in and reserves names: the profile, its name and its external id. For an
 * organization whose data was deleted; writes no audit entry.
 */
export async function closeOrganization(scope: OrganizationScope): Promise<boolean> {
  const profile = await findOrganization(scope);
  if (profile === null) return false;
  const { organizationId } = scope;
  const platform = platformScope(scope);
  const { externalId, name } = profile;
  await write(
    platform,
    erase(
      platform,
      NameClaimItem,
      { name: directoryName(name) },
      { where: ({ holder }, { eq }) => eq(holder, organizationId) },
    ),
  );
  if (externalId !== undefined)
    await write(
      platform,
      erase(
        platform,
        ExternalIdClaimItem,
        { externalId },
        { where: ({ holder }, { eq }) => eq(holder, organizationId) },
      ),
    );
  return await write(scope, erase(scope, OrganizationItem, {}));
}
