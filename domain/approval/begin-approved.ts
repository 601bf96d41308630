import type { Context } from '../context.ts';
import type { ApprovalId } from '../ids.ts';
import type { ControlPlane } from '../table/scope.ts';
import { transact } from '../table/transaction.ts';
import { change } from '../table/writes.ts';
import { checkActiveUser } from '../user/find-user.ts';
import { ApprovalItem } from './approval.noun.ts';
import { approvalRefusals } from './approval.refusals.ts';
import type { Approval } from './approval.schema.ts';
import { voidRequest } from './decide-request.ts';
import { isOpen, requireRequest } from './find-approval.ts';
import { approvalBroken, boundHash } from './holding.ts';
import type { Requested } from './kinds.schema.ts';
import { superAdminHere } from './super-admin-here.ts';

/** How long the requester may repeat the start, since a response may have been lost. */
const repeatableMs = 15 * 60_000;

/** What is carried out, and by which approval. */
export type Beginning = Requested & { readonly approvalId: ApprovalId };

/**
 * Starts an approved action, once, with exactly the approved input. Repeated within 15 minutes it is the
 * same start, so that a retry after a crash happens under the same approval; the action itself must be
 * idempotent. Checks everything again: the input, what it refers to, and that both are still super admins.
 * Throws `approval_required` otherwise.
 */
export async function beginApproved(
  ctx: Context,
  { approvalId, kind, input }: Beginning,
  plane: ControlPlane,
): Promise<Approval> {
  const { scope, now } = ctx;
  const [{ self }, approval] = await Promise.all([superAdminHere(ctx), requireRequest(scope, approvalId)]);
  const { touches, requestedBy, approvedBy, carriedOutAt, revision } = approval;
  if (requestedBy.userId !== self.userId) throw approvalRefusals.approval_of_another();
  if (boundHash({ kind, input, touches }) !== approval.hash)
    throw approvalRefusals.approval_for_another_input();
  if (carriedOutAt !== undefined) {
    if (now.getTime() - Date.parse(carriedOutAt) < repeatableMs) return approval;
    throw approvalRefusals.approval_used();
  }
  if (!isOpen(approval, now)) throw approvalRefusals.approval_ended();
  const broken = await approvalBroken(plane, approval, now);
  if (broken !== null) return await voidRequest(ctx, approval, broken);
  const set = { status: 'carried_out', carriedOutAt: now.toISOString() } as const;
  const at = { at: revision, refusal: approvalRefusals.approval_ended };
  await transact(scope, [
    change(ctx, ApprovalItem, { approvalId }, { action: 'approval.carried-out', set, ...at }),
    ...[requestedBy, ...(approvedBy === undefined ? [] : [approvedBy])].map(({ userId }) =>
      checkActiveUser(scope, userId, approvalRefusals.approval_void),
    ),
  ]);
  return { ...approval, ...set, revision: revision + 1, updatedAt: set.carriedOutAt };
}
