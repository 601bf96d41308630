import type { Actor } from '../actor.ts';
import { AppError, stale } from '../errors.ts';
import { updated } from '../table/change-stamp.ts';
import { entityOf } from '../table/entity.ts';
import { type ControlPlane, type OrganizationScope, platformScope } from '../table/scope.ts';
import { put, remove, transact, update, type Write } from '../table/write.ts';
import { directoryName } from './directory.ts';
import { directoryWrites } from './directory-row.service.ts';
import { absentOf } from './directory-row.ts';
import { ExternalIdClaimItem, NameClaimItem, OrganizationItem } from './organization.noun.ts';
import type { OrganizationChange, OwnOrganizationChange } from './organization.schema.ts';
import { externalIdTaken, findOrganization, nameTaken } from './organization.service.ts';
import type { Organization } from './profile.schema.ts';

/** The organization of the scope. Throws `not_found`. */
export async function requireOrganization(scope: OrganizationScope): Promise<Organization> {
  const organization = await findOrganization(scope);
  if (organization === null) throw new AppError('not_found', 'There is no such organization.');
  return organization;
}

/** One change of a profile: from the state that was read to the next. */
export interface ProfileChange {
  readonly before: Organization;
  readonly after: Organization;
}

/** A profile with its new values, one revision on. */
export const changed = (next: Organization, now: Date): Organization => ({
  ...next,
  revision: next.revision + 1,
  updatedAt: now.toISOString(),
});

/**
 * The writes that change a profile, and the directory with it.
 * @param refusal what it means that the profile isn't any more what was read
 */
export function profileWrites(
  scope: OrganizationScope,
  actor: Actor,
  action: string,
  { before, after }: ProfileChange,
  refusal: () => AppError = stale,
): Write[] {
  const {
    id: _,
    subscription,
    inactiveReason,
    externalId,
    createdAt: __,
    updatedAt,
    revision: ___,
    ...fields
  } = after;
  const { endDate, ...plan } = subscription;
  const profile = entityOf(OrganizationItem)
    .patch({ organizationId: scope.organizationId })
    .set({
      ...fields,
      ...plan,
      ...(endDate === undefined ? {} : { endDate }),
      ...(inactiveReason === undefined ? {} : { inactiveReason }),
      ...(externalId === undefined ? {} : { externalId }),
      ...updated(actor, action, new Date(updatedAt)),
    })
    .remove(absentOf({ endDate, inactiveReason, externalId }))
    .add({ revision: 1 })
    .where((item, { eq }) => eq(item.revision, before.revision));
  return [update(scope, profile, refusal), ...directoryWrites(scope, before, after)];
}

/** The writes that give up an organization's name and take another; none when both are the same to the directory. */
function renameWrites(plane: ControlPlane, { before, after }: ProfileChange): Write[] {
  const [old, next] = [directoryName(before.name), directoryName(after.name)];
  if (old === next) return [];
  const platform = platformScope(plane);
  const { organizationId } = platform;
  return [
    put(
      platform,
      entityOf(NameClaimItem).create({ organizationId, name: next, holder: before.id }),
      nameTaken,
    ),
    remove(platform, entityOf(NameClaimItem).remove({ organizationId, name: old })),
  ];
}

/** The writes that give up an external id, or take one. */
export function externalIdWrites(
  plane: ControlPlane,
  { id, externalId: old }: Pick<Organization, 'id' | 'externalId'>,
  next: string | undefined,
): Write[] {
  if (old === next) return [];
  const platform = platformScope(plane);
  const { organizationId } = platform;
  const claim = (externalId: string) =>
    entityOf(ExternalIdClaimItem).create({ organizationId, externalId, holder: id });
  return [
    ...(next === undefined ? [] : [put(platform, claim(next), externalIdTaken)]),
    ...(old === undefined
      ? []
      : [remove(platform, entityOf(ExternalIdClaimItem).remove({ organizationId, externalId: old }))]),
  ];
}

/**
 * Changes what is given of the profile; an external id of null takes it away. Throws `not_found`, `stale`, and `already_exists` when the
 * name or the external id is taken.
 */
export async function updateProfile(
  plane: ControlPlane,
  scope: OrganizationScope,
  actor: Actor,
  { revision, ...given }: OrganizationChange & { readonly revision: number },
  now: Date,
): Promise<Organization> {
  const before = await requireOrganization(scope);
  if (before.revision !== revision) throw stale();
  const { externalId: old, ...kept } = before;
  const externalId = given.externalId === undefined ? old : (given.externalId ?? undefined);
  const next = {
    ...kept,
    name: given.name ?? before.name,
    contactPerson: given.contactPerson ?? before.contactPerson,
    allowedDomains: given.allowedDomains ?? before.allowedDomains,
    metadata: given.metadata ?? before.metadata,
    ...(externalId === undefined ? {} : { externalId }),
  };
  const change = { before, after: changed(next, now) };
  await transact(plane, [
    ...renameWrites(plane, change),
    ...externalIdWrites(plane, before, externalId),
    ...profileWrites(scope, actor, 'organization.updated', change),
  ]);
  return change.after;
}

/** Changes what an organization's own admin may. Throws `not_found` and `stale`. */
export async function updateOwnProfile(
  scope: OrganizationScope,
  actor: Actor,
  before: Organization,
  { revision, ...given }: OwnOrganizationChange & { readonly revision: number },
  now: Date,
): Promise<Organization> {
  if (before.revision !== revision) throw stale();
  const next = {
    ...before,
    contactPerson: given.contactPerson ?? before.contactPerson,
    allowedDomains: given.allowedDomains ?? before.allowedDomains,
  };
  const change = { before, after: changed(next, now) };
  await transact(scope, profileWrites(scope, actor, 'organization.updated', change));
  return change.after;
}
