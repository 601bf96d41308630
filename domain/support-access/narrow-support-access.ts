import type { Context } from '../context.ts';
import type { SupportAccessId } from '../ids.ts';
import { requireSupportAccess, stateOf } from './find-support-access.ts';
import { supportAccessRefusals } from './support-access.refusals.ts';
import type { SupportAccess, SupportNarrowing } from './support-access.schema.ts';
import { changeSupportAccess, changeVisit, minutesAfter } from './support-access-writes.ts';

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
