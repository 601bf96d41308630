import type { Actor } from '../actor.ts';
import { AppError, stale } from '../errors.ts';
import { updated } from '../table/change-stamp.ts';
import { type ControlPlane, type OrganizationScope, platformScope } from '../table/scope.ts';
import { put, remove, transact, update, type Write } from '../table/write.ts';
import { directoryName } from './directory.ts';
import { NameClaimEntity } from './name-claim.entity.ts';
import { OrganizationEntity } from './organization.entity.ts';
import type { Organization, OrganizationChange } from './organization.schema.ts';
import { findOrganization, nameTaken } from './organization.service.ts';

/** The organization of the scope. Throws `not_found`. */
export async function requireOrganization(scope: OrganizationScope): Promise<Organization> {
  const organization = await findOrganization(scope);
  if (organization === null) throw new AppError('not_found', 'There is no such organization.');
  return organization;
}

/** The writes that give up an organization's name and take another; none when both are the same to the directory. */
function renameWrites(plane: ControlPlane, { id, name }: Organization, next: string): Write[] {
  if (directoryName(name) === directoryName(next)) return [];
  const platform = platformScope(plane);
  const { organizationId } = platform;
  const old = NameClaimEntity.remove({ organizationId, name: directoryName(name) });
  const claim = NameClaimEntity.create({ organizationId, name: directoryName(next), holder: id });
  return [put(platform, claim, nameTaken), remove(platform, old)];
}

/** Changes what is given of the profile. Throws `not_found`, `stale`, and `already_exists` when the name is taken. */
export async function updateProfile(
  plane: ControlPlane,
  scope: OrganizationScope,
  actor: Actor,
  { revision, ...change }: OrganizationChange & { readonly revision: number },
  now: Date,
): Promise<Organization> {
  const organization = await requireOrganization(scope);
  if (organization.revision !== revision) throw stale();
  const name = change.name ?? organization.name;
  const changed = OrganizationEntity.patch({ organizationId: scope.organizationId })
    .set({
      name,
      directoryName: directoryName(name),
      contactPerson: change.contactPerson ?? organization.contactPerson,
      allowedDomains: change.allowedDomains ?? organization.allowedDomains,
      metadata: change.metadata ?? organization.metadata,
      ...updated(actor, 'organization.updated', now),
    })
    .add({ revision: 1 })
    .composite({ organizationId: scope.organizationId })
    .where((item, { eq }) => eq(item.revision, revision));
  await transact(plane, [...renameWrites(plane, organization, name), update(scope, changed, stale)]);
  return await requireOrganization(scope);
}
