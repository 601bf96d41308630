import { approvalRefusals } from '../approval/approval.refusals.ts';
import { type BeginApproved, requireApproval } from '../approval/require-approval.ts';
import type { Context } from '../context.ts';
import { newSupportAccessId, type SupportAccessId, UserId } from '../ids.ts';
import { updatedByActor } from '../table/change-stamp.ts';
import { transact } from '../table/transaction.ts';
import { create, fresh, replace } from '../table/writes.ts';
import { findUser } from '../user/find-user.ts';
import {
  requireOwn,
  requireSupportAccess,
  type StoredSupportAccess,
  showSupportAccess,
  stateOf,
  waitingMs,
} from './find-support-access.ts';
import { SupportAccessItem, SupportVisitItem } from './support-access.noun.ts';
import { supportAccessRefusals } from './support-access.refusals.ts';
import {
  longestMinutes,
  type NewSupportAccess,
  type SupportAccess,
  type SupportExtension,
  type SupportGrant,
  type SupportNarrowing,
  type SupportStage,
} from './support-access.schema.ts';
import { changeSupportAccess, changeVisit, endVisit, minutesAfter } from './support-access-writes.ts';

/**
 * Opens support access for the actor, with a reason and a duration, or requests it where the organization's
 * admins have to grant it. An emergency opens it immediately. Throws `conflict` if the actor already has or
 * has requested one here.
 */
export async function openSupportAccess(
  { scope, actor, now }: Context,
  stage: SupportStage,
  { isEmergency: asksAsEmergency, ...input }: NewSupportAccess,
): Promise<SupportAccess> {
  if (stage === 'open') throw supportAccessRefusals.support_access_not_needed();
  const isEmergency = stage === 'consented' && asksAsEmergency === true;
  const isOpen = stage === 'reasoned' || isEmergency;
  const supportAccessId = newSupportAccessId(now);
  const operatorId = UserId.parse(actor.by);
  const until = isOpen ? minutesAfter(now, input.minutes) : new Date(now.getTime() + waitingMs).toISOString();
  const state = isOpen ? 'open' : 'requested';
  const ctx = { scope, now, actor: { ...actor, supportAccess: supportAccessId } };
  const item = fresh(
    ctx,
    SupportAccessItem,
    {
      ...input,
      ...{ supportAccessId, operatorId, operatorName: actor.name, state, isEmergency },
      ...(isOpen ? { from: now.toISOString(), until } : {}),
    },
    isEmergency
      ? 'support-access.emergency-opened'
      : isOpen
        ? 'support-access.opened'
        : 'support-access.requested',
  );
  const visit = { operatorId, supportAccessId, mode: input.mode, state, until } as const;
  await transact(scope, [
    create(scope, SupportAccessItem, item),
    replace(scope, SupportVisitItem, visit, {
      where: (known, { notExists, lte }) =>
        `${notExists(known.until)} OR ${lte(known.until, now.toISOString())}`,
      refusal: supportAccessRefusals.support_access_open_already,
    }),
  ]);
  return showSupportAccess(item, now);
}

/**
 * Starts an approved extension of this support access, in its current state, by this many minutes. An
 * approval can be begun again for a while, so its revision is compared here too: otherwise one approval
 * would extend several times, or extend what an admin has narrowed meanwhile.
 */
async function beginLengthening(
  { organizationId, supportAccessId, revision }: StoredSupportAccess,
  { minutes, approvalId }: SupportExtension,
  begin: BeginApproved | undefined,
): Promise<void> {
  if (approvalId === undefined || begin === undefined)
    throw supportAccessRefusals.lengthening_needs_approval();
  const input = { organizationId, supportAccessId, minutes };
  const { touches } = await requireApproval(begin, approvalId, { kind: 'support-access.extend', input });
  if (touches[`support-access/${supportAccessId}`] !== revision) throw approvalRefusals.approval_void();
}

/**
 * Extends the actor's own open support access, with a new reason. One granted by an admin can't be
 * extended: it has to be requested again; nor can one that an admin has shortened. More than 8 hours in total
 * need the approval of a second super admin, which extends once. Throws `not_found`, `forbidden` for
 * another's, and `conflict`.
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
  if (stored.shortenedAt !== undefined) throw supportAccessRefusals.shortened_is_not_extended();
  const longer = minutesAfter(until, minutes);
  if (longer > minutesAfter(from, longestMinutes)) await beginLengthening(stored, extension, begin);
  const extensions = [...(stored.extensions ?? []), { reason, at: now.toISOString(), until: longer }];
  return await changeSupportAccess(ctx, stored, {
    action: 'support-access.extended',
    set: { until: longer, extensions },
    visit: changeVisit(scope, stored, { until: longer }),
  });
}

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
    set: { ...less, ...(isSooner ? { shortenedAt: now.toISOString() } : {}) },
    visit: changeVisit(scope, stored, less),
  });
}

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
