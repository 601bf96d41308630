import { createHash } from 'node:crypto';
import { canonical } from '../audit/tree/canonical.ts';
import { AppError } from '../errors.ts';
import { requireOrganization } from '../organization/find-organization.ts';
import { requireSupportAccess } from '../support-access/find-support-access.ts';
import { type ControlPlane, platformScope, withinOrganization } from '../table/scope.ts';
import { activeSuperAdmins } from '../user/super-admins.ts';
import { ownerOfEmail } from '../user/user-writes.ts';
import { approvalRefusals } from './approval.refusals.ts';
import type { Approval, VoidReason } from './approval.schema.ts';
import { type ApprovalKind, Requested } from './kinds.schema.ts';

/** What an approval is bound to: the input, and the revisions of what it refers to. */
interface Bound {
  readonly kind: ApprovalKind;
  readonly input: object;
  readonly touches: Readonly<Record<string, number>>;
}

/** The SHA-256 of what is approved, as canonical JSON (RFC 8785), in hexadecimal. */
export const boundHash = ({ kind, input, touches }: Bound): string =>
  createHash('sha256').update(canonical({ kind, input, touches })).digest('hex');

/**
 * The current revision of each item that a request refers to, by name; an approval becomes void once one
 * has changed. For an email address: 0 while it is free, 1 once it is taken. Throws `not_found` if an item
 * was deleted.
 */
export async function touchedBy(
  plane: ControlPlane,
  { kind, input }: Requested,
): Promise<Readonly<Record<string, number>>> {
  switch (kind) {
    case 'super-admin.create': {
      const owner = await ownerOfEmail(platformScope(plane), input.email);
      return { [`email/${input.email}`]: owner === undefined ? 0 : 1 };
    }
    // The audit log only grows, and the export has a fixed period.
    case 'audit-feed.export':
      return {};
    case 'support-access.extend': {
      const { organizationId, supportAccessId } = input;
      const access = await requireSupportAccess(withinOrganization(plane, organizationId), supportAccessId);
      return { [`support-access/${supportAccessId}`]: access.revision };
    }
    case 'organization.remove-data': {
      const { organizationId } = input;
      const { revision } = await requireOrganization(withinOrganization(plane, organizationId));
      return { [`organization/${organizationId}`]: revision };
    }
  }
}

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
