import { AppError } from '../errors.ts';
import { type ControlPlane, platformScope } from '../table/scope.ts';
import { activeSuperAdmins } from '../user/super-admins.ts';
import { approvalRefusals } from './approval.refusals.ts';
import type { Approval, VoidReason } from './approval.schema.ts';
import { boundHash } from './bound-hash.ts';
import { Requested } from './kinds.schema.ts';
import { touchedBy } from './touched.ts';

/**
 * A stored request's input; undefined if it doesn't match its kind, so that it wasn't written by this
 * product.
 */
export const requestedOf = ({ kind, input }: Pick<Approval, 'kind' | 'input'>): Requested | undefined =>
  Requested.safeParse({ kind, input }).data;

/** The current revisions of what a request refers to; none if part of it was deleted. */
async function revisionsNow(plane: ControlPlane, asked: Requested) {
  try {
    return await touchedBy(plane, asked);
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return {};
    throw error;
  }
}

/** Whether the stored request has been altered, or anything it refers to has changed. */
export async function bindingBroken(
  plane: ControlPlane,
  approval: Pick<Approval, 'kind' | 'input' | 'touches' | 'hash'>,
): Promise<VoidReason | null> {
  const asked = requestedOf(approval);
  const { kind, touches, hash } = approval;
  if (asked === undefined || boundHash({ kind, input: asked.input, touches }) !== hash)
    return 'another_input';
  const present = await revisionsNow(plane, asked);
  const same = boundHash({ kind, input: asked.input, touches: present }) === hash;
  return same ? null : 'changed';
}

/**
 * Whether an approval is valid now. Returns why the request is void, or null if it is valid. Throws
 * `approval_required` for one without approval whose waiting period doesn't count: it isn't over, or there
 * is a second super admin by now.
 */
export async function approvalBroken(
  plane: ControlPlane,
  approval: Approval,
  now: Date,
): Promise<VoidReason | null> {
  const { requestedBy, approvedBy, waitsUntil } = approval;
  const admins = await activeSuperAdmins(platformScope(plane));
  const isHere = (userId: string) => admins.some((admin) => admin.userId === userId);
  if (!isHere(requestedBy.userId)) return 'requester_gone';
  if (approvedBy === undefined) {
    if (waitsUntil === undefined || admins.length > 1) throw approvalRefusals.approval_pending();
    if (now.toISOString() < waitsUntil) throw approvalRefusals.approval_waits({ from: waitsUntil });
  } else if (approvedBy.userId === requestedBy.userId || !isHere(approvedBy.userId)) return 'approver_gone';
  return await bindingBroken(plane, approval);
}
