import type { Context } from '../context.ts';
import type { ApprovalId } from '../ids.ts';
import type { ControlPlane } from '../table/scope.ts';
import { transact } from '../table/transaction.ts';
import { change } from '../table/writes.ts';
import { checkActiveUser } from '../user/find-user.ts';
import { ApprovalItem } from './approval.noun.ts';
import { approvalRefusals } from './approval.refusals.ts';
import type { Approval } from './approval.schema.ts';
import { voidRequest } from './end-request.ts';
import { isOpen, requireRequest } from './find-approval.ts';
import { bindingBroken } from './holding.ts';
import { inHours, openHours } from './request-approval.ts';
import { confirmationOf, type SessionProof, superAdminHere } from './super-admin-here.ts';

interface Approving {
  readonly approvalId: ApprovalId;
  /** The hash of the request as shown to the approver. */
  readonly hash: string;
  readonly session: SessionProof;
}

/**
 * Approves another super admin's request. The approver has just confirmed their identity, and passes the
 * hash of what they were shown. If anything it refers to has changed since, the request becomes void.
 */
export async function approveRequest(
  ctx: Context,
  { approvalId, hash, session }: Approving,
  plane: ControlPlane,
): Promise<Approval> {
  const { scope, now } = ctx;
  const [{ self, others }, approval] = await Promise.all([
    superAdminHere(ctx),
    requireRequest(scope, approvalId),
  ]);
  const { requestedBy, revision } = approval;
  if (requestedBy.userId === self.userId) throw approvalRefusals.own_request();
  if (approval.status !== 'waiting' || !isOpen(approval, now)) throw approvalRefusals.approval_ended();
  if (approval.hash !== hash) throw approvalRefusals.shown_differently();
  const approvedBy = confirmationOf(ctx, self, session);
  if (!others.some(({ userId }) => userId === requestedBy.userId))
    return await voidRequest(ctx, approval, 'requester_gone');
  const broken = await bindingBroken(plane, approval);
  if (broken !== null) return await voidRequest(ctx, approval, broken);
  const set = { status: 'approved', approvedBy, openUntil: inHours(now, openHours) } as const;
  const at = { at: revision, refusal: approvalRefusals.approval_ended };
  await transact(scope, [
    change(ctx, ApprovalItem, { approvalId }, { action: 'approval.approved', set, ...at }),
    checkActiveUser(scope, self.userId, approvalRefusals.not_an_active_super_admin),
    checkActiveUser(scope, requestedBy.userId, approvalRefusals.approval_void),
  ]);
  return { ...approval, ...set, revision: revision + 1, updatedAt: now.toISOString() };
}
