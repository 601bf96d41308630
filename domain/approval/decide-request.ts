import type { Context } from '../context.ts';
import type { ApprovalId } from '../ids.ts';
import type { ControlPlane } from '../table/scope.ts';
import { transact } from '../table/transaction.ts';
import { change } from '../table/writes.ts';
import { checkActiveUser } from '../user/find-user.ts';
import { ApprovalItem } from './approval.noun.ts';
import { approvalRefusals } from './approval.refusals.ts';
import type { Approval, VoidReason } from './approval.schema.ts';
import { isOpen, requireRequest } from './find-approval.ts';
import { bindingBroken } from './holding.ts';
import { inHours, openHours } from './request-approval.ts';
import { confirmationOf, type SessionProof, superAdminHere } from './super-admin-here.ts';

type End = 'refused' | 'withdrawn' | 'voided' | 'expired';

/** Ends a request, unless it has changed since it was read. Throws `conflict` in that case. */
export async function endRequest(
  ctx: Context,
  { id: approvalId, revision, ...approval }: Approval,
  status: End,
  endReason: string | undefined,
): Promise<Approval> {
  const endedAt = ctx.now.toISOString();
  const endedBy = { id: ctx.actor.by, name: ctx.actor.name };
  const set = { status, endedBy, endReason, endedAt };
  const refusal = approvalRefusals.approval_ended;
  await transact(ctx.scope, [
    change(ctx, ApprovalItem, { approvalId }, { action: `approval.${status}`, set, at: revision, refusal }),
  ]);
  return { ...approval, ...set, id: approvalId, revision: revision + 1, updatedAt: endedAt };
}

/** Voids a request, and throws the error with the reason. */
export async function voidRequest(ctx: Context, approval: Approval, reason: VoidReason): Promise<never> {
  await endRequest(ctx, approval, 'voided', reason);
  throw approvalRefusals.approval_void();
}

interface Ending {
  readonly approvalId: ApprovalId;
  readonly reason: string;
}

async function openRequest(ctx: Context, approvalId: ApprovalId): Promise<Approval> {
  const approval = await requireRequest(ctx.scope, approvalId);
  if (!isOpen(approval, ctx.now)) throw approvalRefusals.approval_ended();
  return approval;
}

/**
 * Rejects another super admin's request, even one that is approved but not carried out yet. It removes no
 * rights, so it needs no confirmation.
 */
export async function refuseRequest(ctx: Context, { approvalId, reason }: Ending): Promise<Approval> {
  const [{ self }, approval] = await Promise.all([superAdminHere(ctx), openRequest(ctx, approvalId)]);
  if (approval.requestedBy.userId === self.userId) throw approvalRefusals.own_request();
  return await endRequest(ctx, approval, 'refused', reason);
}

/** Withdraws the requester's own request, also during a waiting period. */
export async function withdrawRequest(ctx: Context, { approvalId, reason }: Ending): Promise<Approval> {
  const [{ self }, approval] = await Promise.all([superAdminHere(ctx), openRequest(ctx, approvalId)]);
  if (approval.requestedBy.userId !== self.userId) throw approvalRefusals.request_of_another();
  return await endRequest(ctx, approval, 'withdrawn', reason);
}

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
