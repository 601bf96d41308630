import type { ApprovalId } from '../ids.ts';
import { approvalRefusals } from './approval.refusals.ts';
import type { Approval } from './approval.schema.ts';
import type { Beginning } from './begin-approved.ts';
import type { Requested } from './kinds.schema.ts';

/** Starts an approved action in the caller's name: see `beginApproved`. */
export type BeginApproved = (asked: Beginning) => Promise<Approval>;

/**
 * Starts an approved action, or throws `approval_required`. The use case of each kind calls it with its own
 * exact input before doing anything, so that no route can bypass it.
 */
export async function requireApproval(
  begin: BeginApproved,
  approvalId: ApprovalId | undefined,
  asked: Requested,
): Promise<Approval> {
  if (approvalId === undefined) throw approvalRefusals.approval_needed();
  return await begin({ ...asked, approvalId });
}
