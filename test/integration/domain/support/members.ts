import type { OrganizationRole } from '../../../../domain/access/roles.schema.ts';
import type { Actor } from '../../../../domain/actor.ts';
import { UserId } from '../../../../domain/ids.ts';
import { accept } from '../../../../domain/invitation/acceptance.service.ts';
import { invite } from '../../../../domain/invitation/invitation.service.ts';
import type { ControlPlane, OrganizationScope } from '../../../../domain/table/scope.ts';
import { claimsOf } from './claims.ts';
import { found, now, sender, superAdmin } from './founding.ts';

export const asAdmin = (by: string): Actor => ({ ...superAdmin, by, role: 'org_admin' });

/** An organization whose first admin is `user_<name>`. */
export async function organizationOf(plane: ControlPlane, name: string) {
  const { scope, invitation } = await found(plane, name);
  const userId = UserId.parse(`user_${name}`);
  const { email, id: invitationId } = invitation;
  await accept(scope, claimsOf(scope), { ...superAdmin, by: userId }, { userId, email, invitationId }, now);
  return { scope, admin: userId, actor: asAdmin(userId) };
}

/** Invites somebody, who accepts at once. */
export async function join(
  scope: OrganizationScope,
  id: string,
  role: OrganizationRole,
  at: Date = now,
): Promise<UserId> {
  const userId = UserId.parse(id);
  const email = `${id}@${scope.organizationId.toLowerCase()}.example`.replace('_', '-');
  const person = { email, name: id, role };
  const { id: invitationId } = await invite(scope, superAdmin, person, 'growth', sender(), at);
  await accept(scope, claimsOf(scope), { ...superAdmin, by: id }, { userId, email, invitationId }, at);
  return userId;
}
