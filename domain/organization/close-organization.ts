import { type OrganizationScope, platformScope } from '../table/scope.ts';
import { write } from '../table/transaction.ts';
import { erase } from '../table/writes.ts';
import { directoryName } from './directory-row.ts';
import { findOrganization } from './find-organization.ts';
import { ExternalIdClaimItem, NameClaimItem, OrganizationItem } from './organization.noun.ts';

/**
 * Takes away what lets people in and what no other organization can be called meanwhile: the profile, its
 * name and its external id. For an organization whose data is deleted: nothing records it here.
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
