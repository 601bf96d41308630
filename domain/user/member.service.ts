import type { UserId } from '../ids.ts';
import { OrganizationEntity } from '../organization/organization.entity.ts';
import { showOrganization } from '../organization/organization.service.ts';
import type { Organization } from '../organization/profile.schema.ts';
import { itemsOf } from '../table/batch-read.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { User } from './profile.schema.ts';
import { UserEntity } from './user.entity.ts';

/** Reads a member and their organization as they are now, in one request: what every request of an organization's people begins with. */
export async function findMember(
  scope: OrganizationScope,
  userId: UserId,
): Promise<{ readonly user: User | null; readonly organization: Organization | null }> {
  const { organizationId } = scope;
  const [userItem, profileItem] = await itemsOf(scope, [
    UserEntity.get({ organizationId, userId }),
    OrganizationEntity.get({ organizationId }),
  ]);
  const user = userItem === undefined ? null : UserEntity.parse({ Item: userItem }).data;
  const profile = profileItem === undefined ? null : OrganizationEntity.parse({ Item: profileItem }).data;
  return {
    user: user === null ? null : User.parse(user),
    organization: profile === null ? null : showOrganization(profile),
  };
}
