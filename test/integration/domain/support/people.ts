import type { OrganizationRole } from '../../../../domain/access/roles.schema.ts';
import type { Actor } from '../../../../domain/actor.ts';
import { UserId } from '../../../../domain/ids.ts';
import { acceptInvitation } from '../../../../domain/invitation/accept-invitation.ts';
import { invite } from '../../../../domain/invitation/invite.ts';
import type { ControlPlane, OrganizationScope } from '../../../../domain/table/scope.ts';
import { claimsOf } from './claims.ts';
import { found, now, onPlan, sender, superAdmin } from './founding.ts';

/** An organization whose first admin is `user_<name>`, and that admin as the actor of the tests. */
export async function organizationOf(plane: ControlPlane, name: string) {
  const { scope, invitation } = await found(plane, name);
  const admin = UserId.parse(`user_${name}`);
  const { email, id: invitationId } = invitation;
  await acceptInvitation(
    { scope, actor: { ...superAdmin, by: admin }, now },
    { userId: admin, email, invitationId },
    claimsOf(scope),
  );
  const actor: Actor = { ...superAdmin, by: admin, role: 'org_admin' };
  return { scope, admin, actor };
}

/** Makes a user a member of an organization, by an invitation that they accept. */
export async function join(
  scope: OrganizationScope,
  id: string,
  role: OrganizationRole = 'team_member',
  at = now,
  email = `${id}@people.example`,
): Promise<UserId> {
  const userId = UserId.parse(`user_${id}`);
  const { id: invitationId } = await invite(
    { scope, actor: superAdmin, now: at },
    { person: { email, name: id, role }, organization: onPlan('enterprise') },
    sender(),
  );
  await acceptInvitation(
    { scope, actor: { ...superAdmin, by: userId }, now: at },
    { userId, email, invitationId },
    claimsOf(scope),
  );
  return userId;
}

/** Re-reads and retries on a conflict or a stale revision, as a client does. */
export async function retried<Result>(attempt: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      const again =
        error instanceof Error && 'code' in error && ['conflict', 'stale'].includes(`${error.code}`);
      if (!again) throw error;
    }
  }
}
