import type { Context } from '../context.ts';
import type { SupportAccessId, UserId } from '../ids.ts';
import { findUser } from '../user/find-user.ts';
import { requireOwn, stateOf } from './find-support-access.ts';
import { supportAccessRefusals } from './support-access.refusals.ts';
import type { SupportAccess } from './support-access.schema.ts';
import { changeSupportAccess, changeVisit } from './support-access-writes.ts';

/**
 * Shows the organization to the actor as one of its users sees it, with that user's rules and read-only;
 * null ends it. The actor stays who they are. Throws `not_found`, `forbidden` for another's, and
 * `conflict`.
 */
export async function viewAsUser(
  ctx: Context,
  supportAccessId: SupportAccessId,
  userId: UserId | null,
): Promise<SupportAccess> {
  const { scope, actor, now } = ctx;
  const stored = await requireOwn(scope, supportAccessId, actor);
  if (stateOf(stored, now) !== 'open') throw supportAccessRefusals.support_access_not_open();
  if (userId !== null) {
    const user = await findUser(scope, userId);
    if (user?.status !== 'active') throw supportAccessRefusals.cannot_view_as();
  }
  return await changeSupportAccess(ctx, stored, {
    action: userId === null ? 'support-access.view-ended' : 'support-access.view-started',
    set: { viewingAs: userId },
    visit: changeVisit(scope, stored, { viewingAs: userId }),
  });
}
