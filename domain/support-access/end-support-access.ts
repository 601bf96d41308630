import type { Context } from '../context.ts';
import type { SupportAccessId } from '../ids.ts';
import { updatedByActor } from '../table/change-stamp.ts';
import { requireOwn, requireSupportAccess, stateOf } from './find-support-access.ts';
import { supportAccessRefusals } from './support-access.refusals.ts';
import type { SupportAccess } from './support-access.schema.ts';
import { changeSupportAccess, endVisit } from './support-access-writes.ts';

/**
 * Ends a support access or a request for one, effective with the super admin's next request or write. The
 * organization's admins may end anyone's, super admins their own. Throws `not_found`, `forbidden` and
 * `conflict`.
 */
export async function endSupportAccess(
  ctx: Context,
  supportAccessId: SupportAccessId,
): Promise<SupportAccess> {
  const { scope, actor, now } = ctx;
  const isOperator = actor.role === 'super_admin';
  const stored = isOperator
    ? await requireOwn(scope, supportAccessId, actor)
    : await requireSupportAccess(scope, supportAccessId);
  const state = stateOf(stored, now);
  if (state !== 'open' && state !== 'requested') throw supportAccessRefusals.support_access_not_open();
  const declines = state === 'requested' && !isOperator;
  return await changeSupportAccess(ctx, stored, {
    action: declines ? 'support-access.declined' : 'support-access.ended',
    set: {
      state: declines ? 'declined' : 'ended',
      endedAt: now.toISOString(),
      endedBy: updatedByActor(actor),
      viewingAs: null,
    },
    visit: endVisit(scope, stored),
  });
}
