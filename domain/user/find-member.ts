import type { UserId } from '../ids.ts';
import { organizationFrom, organizationRead } from '../organization/find-organization.ts';
import type { Organization } from '../organization/profile.schema.ts';
import { itemsOf } from '../table/batch-read.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { userFrom, userRead } from './find-user.ts';
import type { User } from './profile.schema.ts';

/**
 * Reads a user and their organization (strongly consistent) in one call to DynamoDB. Every request of an
 * organization's members starts with it.
 */
export async function findMember(
  scope: OrganizationScope,
  userId: UserId,
): Promise<{ readonly user: User | null; readonly organization: Organization | null }> {
  const [user, profile] = await itemsOf(scope, [userRead(scope, userId), organizationRead(scope)]);
  return { user: userFrom(user), organization: organizationFrom(profile) };
}
