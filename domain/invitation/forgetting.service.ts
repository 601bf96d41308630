import { AppError } from '../errors.ts';
import type { InvitationId, OrganizationId, UserId } from '../ids.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { membersToForget, noteForgotten } from '../user/forgetting.service.ts';
import { findUser } from '../user/user.service.ts';
import { findInvitation } from './invitation.service.ts';

/**
 * Lets the identity provider forget that a person was in an organization, if that is the one it names by now and the invitation
 * that it names isn't `open`: somebody who has just accepted anew needs what it says. Throws `identity_unavailable`.
 */
export type Forget = (
  userId: UserId,
  organizationId: OrganizationId,
  isOpen: (invitationId: InvitationId) => Promise<boolean>,
) => Promise<void>;

/** Lets the identity provider forget a removed member, unless they are back. Throws what `forget` throws: it is tried again later. */
async function settleForgetting(
  scope: OrganizationScope,
  userId: UserId,
  forget: Forget,
  now: Date,
): Promise<void> {
  if ((await findUser(scope, userId)) === null)
    await forget(
      userId,
      scope.organizationId,
      async (id) => (await findInvitation(scope, id, now))?.status === 'pending',
    );
  await noteForgotten(scope, userId);
}

/** Settles what an organization's removals have left to be forgotten; what the provider doesn't take now waits. Answers how many were. */
export async function settleForgettings(
  scope: OrganizationScope,
  forget: Forget,
  now: Date,
): Promise<number> {
  const waiting = await membersToForget(scope);
  for (const [settled, userId] of waiting.entries())
    try {
      await settleForgetting(scope, userId, forget, now);
    } catch (error) {
      if (error instanceof AppError && error.code === 'identity_unavailable') return settled;
      throw error;
    }
  return waiting.length;
}
