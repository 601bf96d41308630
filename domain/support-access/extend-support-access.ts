import type { Context } from '../context.ts';
import type { SupportAccessId } from '../ids.ts';
import { requireOwn, type StoredSupportAccess, stateOf } from './find-support-access.ts';
import { supportAccessRefusals } from './support-access.refusals.ts';
import { longestMinutes, type SupportAccess, type SupportExtension } from './support-access.schema.ts';
import { changeSupportAccess, changeVisit, minutesAfter } from './support-access-writes.ts';

/**
 * Whether somebody else has approved that a support access lasts beyond 8 hours in total: the one place that
 * asks. Nobody has as yet, so it refuses.
 */
function assertLengtheningApproved(_stored: StoredSupportAccess, _until: string): void {
  throw supportAccessRefusals.lengthening_needs_approval();
}

/**
 * Lengthens the actor's own open support access, for a reason of its own. What an admin has granted isn't
 * lengthened: it is asked for again. Throws `not_found`, `forbidden` for another's, and `conflict`.
 */
export async function extendSupportAccess(
  ctx: Context,
  supportAccessId: SupportAccessId,
  { reason, minutes }: SupportExtension,
): Promise<SupportAccess> {
  const { scope, actor, now } = ctx;
  const stored = await requireOwn(scope, supportAccessId, actor);
  const { from, until } = stored;
  if (stateOf(stored, now) !== 'open' || from === undefined || until === undefined)
    throw supportAccessRefusals.support_access_not_open();
  if (stored.grantedBy !== undefined) throw supportAccessRefusals.granted_is_not_extended();
  const longer = minutesAfter(until, minutes);
  if (longer > minutesAfter(from, longestMinutes)) assertLengtheningApproved(stored, longer);
  const extensions = [...(stored.extensions ?? []), { reason, at: now.toISOString(), until: longer }];
  return await changeSupportAccess(ctx, stored, {
    action: 'support-access.extended',
    set: { until: longer, extensions },
    visit: changeVisit(scope, stored, { until: longer }),
  });
}
