import type { UserId } from '../ids.ts';
import { organizationFrom, organizationRead } from '../organization/organization.service.ts';
import type { Organization } from '../organization/profile.schema.ts';
import { itemsOf } from '../table/batch-read.ts';
import type { OrganizationScope } from '../table/scope.ts';
import type { User } from './profile.schema.ts';
import { userFrom, userRead } from './user.service.ts';

/** Reads a member and their organization as they are now, in one request: what every request of an organization's people begins with. */
export async function findMember(
  scope: OrganizationScope,
  userId: UserId,
): Promise<{ readonly user: User | null; readonly organization: Organization | null }> {
  const [user, profile] = await itemsOf(scope, [userRead(scope, userId), organizationRead(scope)]);
  return { user: userFrom(user), organization: organizationFrom(profile) };
}
