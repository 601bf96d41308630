import type { ApprovalId } from '../ids.ts';
import { approvalRefusals } from './approval.refusals.ts';
import type { Approval } from './approval.schema.ts';
import type { Beginning } from './begin-approved.ts';
import type { Requested } from './kinds.schema.ts';

/** Begins what was approved, on behalf of who asks now: see `beginApproved`. */
export type BeginApproved = (asked: Beginning) => Promise<Approval>;

/**
 * Begins what was approved, or throws `approval_required`. The use case of each kind calls it with its own
 * exact input before it does anything, so that no route goes around it.
 */
export async function requireApproval(
  begin: BeginApproved,
  approvalId: ApprovalId | undefined,
  asked: Requested,
): Promise<Approval> {
  if (approvalId === undefined) throw approvalRefusals.approval_needed();
  return await begin({ ...asked, approvalId });
}
