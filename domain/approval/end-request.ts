import type { Context } from '../context.ts';
import type { ApprovalId } from '../ids.ts';
import { transact } from '../table/transaction.ts';
import { change } from '../table/writes.ts';
import { ApprovalItem } from './approval.noun.ts';
import { approvalRefusals } from './approval.refusals.ts';
import type { Approval, VoidReason } from './approval.schema.ts';
import { isOpen, requireRequest } from './find-approval.ts';
import { superAdminHere } from './super-admin-here.ts';

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
