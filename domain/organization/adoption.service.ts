import type { Context } from '../context.ts';
import { AppError } from '../errors.ts';
import type { Adoption, ChangeStamp } from '../table/change-stamp.ts';
import type { Stored } from '../table/entity.ts';
import { find } from '../table/reads.ts';
import { type ControlPlane, platformScope, withinOrganization } from '../table/scope.ts';
import { transact } from '../table/write.ts';
import { erase, remove } from '../table/writes.ts';
import { endCounts } from './counts.ts';
import { directoryName } from './directory-row.ts';
import { showOrganization } from './find-organization.ts';
import { NameClaimItem, OrganizationItem } from './organization.noun.ts';
import { organizationWrites, removeTerms } from './organization-writes.ts';
import type { Organization } from './profile.schema.ts';
import { removeSubscriptionChange } from './subscription-history.ts';

/** An organization that comes from elsewhere with its id and its past. */
export type AdoptedOrganization = Pick<
  Organization,
  'id' | 'name' | 'contactPerson' | 'status' | 'subscription' | 'createdAt'
>;

const read = (plane: ControlPlane, id: Organization['id']) =>
  find(withinOrganization(plane, id), OrganizationItem, {});

interface AdoptedState {
  readonly item: Stored<typeof OrganizationItem>;
  readonly organization: Organization;
  readonly changed: ChangeStamp;
}

/** An organization and who changed it last, or null. */
export async function findAdopted(plane: ControlPlane, id: Organization['id']): Promise<AdoptedState | null> {
  const item = await read(plane, id);
  return item === null ? null : { item, organization: showOrganization(item), changed: item.changed };
}

/** Which organization has a name, or null. */
export async function holderOfName(plane: ControlPlane, name: string): Promise<Organization['id'] | null> {
  const claim = await find(platformScope(plane), NameClaimItem, { name: directoryName(name) });
  return claim?.holder ?? null;
}

const inactiveReason = 'It was inactive where it was imported from.';

/**
 * Takes an organization over, with nobody in it yet. One that is there stays as it is. Throws
 * `already_exists` for its name.
 */
export async function adoptOrganization(
  plane: ControlPlane,
  { actor, revision, now }: Adoption,
  { id, name, contactPerson, status, subscription, createdAt }: AdoptedOrganization,
): Promise<void> {
  const organization: Organization = {
    id,
    name,
    contactPerson,
    status,
    ...(status === 'inactive' ? { inactiveReason } : {}),
    subscription,
    allowedDomains: [],
    metadata: {},
    revision,
    createdAt,
    updatedAt: now.toISOString(),
  };
  const ctx = { scope: withinOrganization(plane, id), actor, now };
  try {
    await transact(plane, organizationWrites(ctx, organization, 'organization.imported', {}));
  } catch (error) {
    if (!(error instanceof AppError) || (await read(plane, id)) === null) throw error;
  }
}

/**
 * Takes an adopted organization away again. Throws `stale` when it has changed since it was read, and
 * `conflict` when somebody or something is in it.
 * @param ctx the organization's, under the import's credentials
 */
export async function abandonOrganization(ctx: Context, { item, organization }: AdoptedState): Promise<void> {
  const { scope } = ctx;
  const { organizationId } = scope;
  const [removal, record] = remove(ctx, OrganizationItem, item, 'organization.import-undone');
  const claim = { name: directoryName(item.name) };
  await transact(scope, [
    endCounts(scope),
    removal,
    erase(platformScope(scope), NameClaimItem, claim, {
      where: ({ holder }, { eq }) => eq(holder, organizationId),
    }),
    ...removeTerms(scope, organization),
    removeSubscriptionChange(scope, item.revision),
    record,
  ]);
}
