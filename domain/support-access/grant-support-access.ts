import type { Context } from '../context.ts';
import type { SupportAccessId } from '../ids.ts';
import { updatedByActor } from '../table/change-stamp.ts';
import { requireSupportAccess, stateOf } from './find-support-access.ts';
import { supportAccessRefusals } from './support-access.refusals.ts';
import type { SupportAccess, SupportGrant, SupportNarrowing } from './support-access.schema.ts';
import { changeSupportAccess, changeVisit, minutesAfter } from './support-access-writes.ts';

/**
 * Grants a requested support access, or less of it; it is open from now on. Throws `not_found`, and
 * `conflict` if it isn't requested, or for more than was requested.
 */
export async function grantSupportAccess(
  ctx: Context,
  supportAccessId: SupportAccessId,
  granted: SupportGrant,
): Promise<SupportAccess> {
  const { scope, actor, now } = ctx;
  const stored = await requireSupportAccess(scope, supportAccessId);
  if (stateOf(stored, now) !== 'requested') throw supportAccessRefusals.support_access_not_requested();
  const { mode = stored.mode, minutes = stored.minutes } = granted;
  if (minutes > stored.minutes || (mode === 'change' && stored.mode === 'read'))
    throw supportAccessRefusals.grants_more_than_requested();
  const open = { mode, state: 'open', until: minutesAfter(now, minutes) } as const;
  return await changeSupportAccess(ctx, stored, {
    action: 'support-access.granted',
    set: { ...open, from: now.toISOString(), grantedBy: updatedByActor(actor) },
    visit: changeVisit(scope, stored, open),
  });
}

/**
 * Shortens a support access or limits it to reading, effective with the next request or write. Throws
 * `not_found`, and `conflict` if it isn't open or wouldn't be narrowed.
 */
export async function narrowSupportAccess(
  ctx: Context,
  supportAccessId: SupportAccessId,
  { mode, minutes }: SupportNarrowing,
): Promise<SupportAccess> {
  const { scope, now } = ctx;
  const stored = await requireSupportAccess(scope, supportAccessId);
  if (stateOf(stored, now) !== 'open') throw supportAccessRefusals.support_access_not_open();
  const sooner = minutes === undefined ? undefined : minutesAfter(now, minutes);
  const isSooner = sooner !== undefined && sooner < (stored.until ?? '');
  const isLessMode = mode === 'read' && stored.mode === 'change';
  if (sooner === undefined ? !isLessMode : !isSooner) throw supportAccessRefusals.narrows_nothing();
  const less = {
    ...(isLessMode ? { mode } : {}),
    ...(isSooner ? { until: sooner } : {}),
  };
  return await changeSupportAccess(ctx, stored, {
    action: 'support-access.narrowed',
    set: less,
    visit: changeVisit(scope, stored, less),
  });
}
