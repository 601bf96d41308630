import type { Actor } from '../actor.ts';
import { AppError, collided } from '../errors.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { transact } from '../table/write.ts';
import type { Organization } from './profile.schema.ts';
import { changed, profileWrites, requireOrganization } from './profile.service.ts';

/** Suspends an active organization: its people are refused from their next request on. Throws `not_found`, `conflict`. */
export async function deactivateOrganization(
  scope: OrganizationScope,
  actor: Actor,
  reason: string,
  now: Date,
): Promise<Organization> {
  const before = await requireOrganization(scope);
  if (before.status === 'inactive') throw new AppError('conflict', 'This organization is suspended already.');
  const after = changed({ ...before, status: 'inactive', inactiveReason: reason }, now);
  const writes = profileWrites(scope, actor, 'organization.deactivated', { before, after }, collided);
  await transact(scope, writes);
  return after;
}

/** Serves a suspended organization again, from the next request on. Throws `not_found`, `conflict`. */
export async function reactivateOrganization(
  scope: OrganizationScope,
  actor: Actor,
  now: Date,
): Promise<Organization> {
  const before = await requireOrganization(scope);
  if (before.status === 'active') throw new AppError('conflict', 'This organization is active already.');
  const { inactiveReason: _, ...kept } = before;
  const after = changed({ ...kept, status: 'active' }, now);
  const writes = profileWrites(scope, actor, 'organization.reactivated', { before, after }, collided);
  await transact(scope, writes);
  return after;
}
