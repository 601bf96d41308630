import type { Actor } from '../actor.ts';
import { AppError, stale } from '../errors.ts';
import { type Adoption, adopted, type ChangeStamp } from '../table/change-stamp.ts';
import { deletionRecordWrite } from '../table/deletion-record.ts';
import { entityOf } from '../table/entity.ts';
import { type ControlPlane, platformScope, withinOrganization } from '../table/scope.ts';
import { remove, transact } from '../table/write.ts';
import { beginEmptyCountsWrite, endCountsWrite } from './counters.service.ts';
import { directoryName } from './directory.ts';
import { noTermWrites } from './directory-row.service.ts';
import { foundWrites } from './founding.service.ts';
import { NameClaimItem, OrganizationItem } from './organization.noun.ts';
import { showOrganization } from './organization.service.ts';
import type { Organization } from './profile.schema.ts';
import { forgetSubscriptionWrite } from './subscription-history.service.ts';

/** An organization that comes from elsewhere with its id and its past. */
export type AdoptedOrganization = Pick<
  Organization,
  'id' | 'name' | 'contactPerson' | 'status' | 'subscription' | 'createdAt'
>;

async function read(plane: ControlPlane, organizationId: Organization['id']) {
  const { client, table } = plane;
  const { data } = await entityOf(OrganizationItem)
    .get({ organizationId })
    .go({ client, table, consistent: true });
  return data;
}

/** An organization and who changed it last, or null. */
export async function findAdopted(
  plane: ControlPlane,
  id: Organization['id'],
): Promise<{ readonly organization: Organization; readonly changed: ChangeStamp } | null> {
  const stored = await read(plane, id);
  return stored === null ? null : { organization: showOrganization(stored), changed: stored.changed };
}

/** Which organization has a name, or null. */
export async function holderOfName(plane: ControlPlane, name: string): Promise<Organization['id'] | null> {
  const { client, table } = plane;
  const { organizationId } = platformScope(plane);
  const { data } = await entityOf(NameClaimItem)
    .get({ organizationId, name: directoryName(name) })
    .go({
      client,
      table,
      consistent: true,
    });
  return data?.holder ?? null;
}

const inactiveReason = 'It was inactive where it was imported from.';

/** Takes an organization over, with nobody in it yet. One that is there stays as it is. Throws `already_exists` for its name. */
export async function adoptOrganization(
  plane: ControlPlane,
  adoption: Adoption,
  { id, name, contactPerson, status, subscription, createdAt }: AdoptedOrganization,
): Promise<void> {
  const stamp = adopted(adoption, 'organization.imported', createdAt);
  const { revision, updatedAt } = stamp;
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
    updatedAt,
  };
  const row = beginEmptyCountsWrite(withinOrganization(plane, id), organization);
  try {
    await transact(plane, foundWrites(plane, organization, stamp, row));
  } catch (error) {
    if (!(error instanceof AppError) || (await read(plane, id)) === null) throw error;
  }
}

/**
 * Takes an adopted organization away again. Throws `stale` when it has changed since `revision`, and `conflict` when somebody
 * or something is in it.
 */
export async function abandonOrganization(
  plane: ControlPlane,
  actor: Actor,
  organization: Organization,
  now: Date,
): Promise<void> {
  const { id: organizationId, name, revision } = organization;
  const scope = withinOrganization(plane, organizationId);
  const platform = platformScope(plane);
  const gone = entityOf(OrganizationItem)
    .remove({ organizationId })
    .where((item, { eq }) => eq(item.revision, revision));
  const claim = entityOf(NameClaimItem)
    .remove({
      organizationId: platform.organizationId,
      name: directoryName(name),
    })
    .where(({ holder }, { eq }) => eq(holder, organizationId));
  const deletion = { entity: 'organization', sortKey: 'profile', revision, item: organization };
  await transact(plane, [
    endCountsWrite(scope),
    remove(plane, gone, stale),
    remove(platform, claim),
    ...noTermWrites(scope, organization),
    forgetSubscriptionWrite(scope, revision),
    deletionRecordWrite(scope, actor, 'organization.import-undone', deletion, now),
  ]);
}
