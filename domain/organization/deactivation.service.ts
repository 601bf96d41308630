import type { Actor } from '../actor.ts';
import { AppError } from '../errors.ts';
import { updated } from '../table/change-stamp.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { transact, update } from '../table/write.ts';
import { OrganizationEntity } from './organization.entity.ts';

/** Suspends an active organization: its people are refused from their next request on. Throws `conflict` if it isn't active. */
export async function deactivateOrganization(
  scope: OrganizationScope,
  actor: Actor,
  reason: string,
  now: Date,
): Promise<void> {
  const suspended = OrganizationEntity.patch({ organizationId: scope.organizationId })
    .set({
      status: 'inactive',
      inactiveReason: reason,
      ...updated(actor, 'organization.deactivated', now),
    })
    .add({ revision: 1 })
    .where(({ status }, { eq }) => eq(status, 'active'));
  await transact(scope, [
    update(scope, suspended, () => new AppError('conflict', 'This organization is suspended already.')),
  ]);
}
