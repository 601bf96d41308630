import type { Actor } from '../actor.ts';
import { AppError } from '../errors.ts';
import { updated } from '../table/change-stamp.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { transact, update } from '../table/write.ts';
import { OrganizationEntity } from './organization.entity.ts';
import type { Organization } from './organization.schema.ts';
import { requireOrganization } from './profile.service.ts';

/** Suspends an active organization: its people are refused from their next request on. Throws `not_found`, `conflict`. */
export async function deactivateOrganization(
  scope: OrganizationScope,
  actor: Actor,
  reason: string,
  now: Date,
): Promise<Organization> {
  await requireOrganization(scope);
  const suspended = OrganizationEntity.patch({ organizationId: scope.organizationId })
    .set({ status: 'inactive', inactiveReason: reason, ...updated(actor, 'organization.deactivated', now) })
    .add({ revision: 1 })
    .where(({ status }, { eq }) => eq(status, 'active'));
  await transact(scope, [
    update(scope, suspended, () => new AppError('conflict', 'This organization is suspended already.')),
  ]);
  return await requireOrganization(scope);
}

/** Serves a suspended organization again, from the next request on. Throws `not_found`, `conflict`. */
export async function reactivateOrganization(
  scope: OrganizationScope,
  actor: Actor,
  now: Date,
): Promise<Organization> {
  await requireOrganization(scope);
  const active = OrganizationEntity.patch({ organizationId: scope.organizationId })
    .set({ status: 'active', ...updated(actor, 'organization.reactivated', now) })
    .remove(['inactiveReason'])
    .add({ revision: 1 })
    .where(({ status }, { eq }) => eq(status, 'inactive'));
  await transact(scope, [
    update(scope, active, () => new AppError('conflict', 'This organization is active already.')),
  ]);
  return await requireOrganization(scope);
}
