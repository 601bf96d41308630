import { type BeginApproved, requireApproval } from '../approval/require-approval.ts';
import type { Context } from '../context.ts';
import type { SupportAccessId } from '../ids.ts';
import { requireOwn, type StoredSupportAccess, stateOf } from './find-support-access.ts';
import { supportAccessRefusals } from './support-access.refusals.ts';
import { longestMinutes, type SupportAccess, type SupportExtension } from './support-access.schema.ts';
import { changeSupportAccess, changeVisit, minutesAfter } from './support-access-writes.ts';

/** Starts an approved extension of this support access, in its current state, by this many minutes. */
async function beginLengthening(
  { organizationId, supportAccessId }: StoredSupportAccess,
  { minutes, approvalId }: SupportExtension,
  begin: BeginApproved | undefined,
): Promise<void> {
  if (approvalId === undefined || begin === undefined)
    throw supportAccessRefusals.lengthening_needs_approval();
  const input = { organizationId, supportAccessId, minutes };
  await requireApproval(begin, approvalId, { kind: 'support-access.extend', input });
}

/**
 * Extends the actor's own open support access, with a new reason. One granted by an admin can't be
 * extended: it has to be requested again. More than 8 hours in total need the approval of a second super
 * admin. Throws `not_found`, `forbidden` for another's, and `conflict`.
 */
export async function extendSupportAccess(
  ctx: Context,
  supportAccessId: SupportAccessId,
  extension: SupportExtension,
  begin?: BeginApproved,
): Promise<SupportAccess> {
  const { reason, minutes } = extension;
  const { scope, actor, now } = ctx;
  const stored = await requireOwn(scope, supportAccessId, actor);
  const { from, until } = stored;
  if (stateOf(stored, now) !== 'open' || from === undefined || until === undefined)
    throw supportAccessRefusals.support_access_not_open();
  if (stored.grantedBy !== undefined) throw supportAccessRefusals.granted_is_not_extended();
  const longer = minutesAfter(until, minutes);
  if (longer > minutesAfter(from, longestMinutes)) await beginLengthening(stored, extension, begin);
  const extensions = [...(stored.extensions ?? []), { reason, at: now.toISOString(), until: longer }];
  return await changeSupportAccess(ctx, stored, {
    action: 'support-access.extended',
    set: { until: longer, extensions },
    visit: changeVisit(scope, stored, { until: longer }),
  });
}
