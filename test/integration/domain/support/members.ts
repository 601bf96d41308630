import type { OrganizationRole } from '../../../../domain/access/roles.schema.ts';
import type { Actor } from '../../../../domain/actor.ts';
import { UserId } from '../../../../domain/ids.ts';
import { acceptInvitation } from '../../../../domain/invitation/accept-invitation.ts';
import { invite } from '../../../../domain/invitation/invite.ts';
import type { ControlPlane, OrganizationScope } from '../../../../domain/table/scope.ts';
import { claimsOf } from './claims.ts';
import { found, now, onPlan, sender, superAdmin } from './founding.ts';

export const asAdmin = (by: string): Actor => ({ ...superAdmin, by, role: 'org_admin' });

/** An organization whose first admin is `user_<name>`. */
export async function organizationOf(plane: ControlPlane, name: string) {
  const { scope, invitation } = await found(plane, name);
  const userId = UserId.parse(`user_${name}`);
  const { email, id: invitationId } = invitation;
  await acceptInvitation(
    { scope, actor: { ...superAdmin, by: userId }, now },
    { userId, email, invitationId },
    claimsOf(scope),
  );
  return { scope, admin: userId, actor: asAdmin(userId) };
}

/** Invites a user, who accepts at once. */
export async function join(
  scope: OrganizationScope,
  id: string,
  role: OrganizationRole,
  at: Date = now,
): Promise<UserId> {
  const userId = UserId.parse(id);
  const email = `${id}@${scope.organizationId.toLowerCase()}.example`.replace('_', '-');
  const person = { email, name: id, role };
  const { id: invitationId } = await invite(
    { scope, actor: superAdmin, now: at },
    { person, organization: onPlan('growth') },
    sender(),
  );
  await acceptInvitation(
    { scope, actor: { ...superAdmin, by: id }, now: at },
    { userId, email, invitationId },
    claimsOf(scope),
  );
  return userId;
}
