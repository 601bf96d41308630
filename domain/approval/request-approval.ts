import type { Context } from '../context.ts';
import { newApprovalId } from '../ids.ts';
import { type ControlPlane, platformScope } from '../table/scope.ts';
import { transact } from '../table/transaction.ts';
import { create, fresh } from '../table/writes.ts';
import { ApprovalItem } from './approval.noun.ts';
import { approvalRefusals } from './approval.refusals.ts';
import type { Approval } from './approval.schema.ts';
import { showApproval } from './find-approval.ts';
import { boundHash, touchedBy } from './holding.ts';
import { Requested } from './kinds.schema.ts';
import { confirmationOf, type SessionProof, superAdminHere } from './super-admin-here.ts';

const hourMs = 3_600_000;

/** How long a request can be approved and, once approved, carried out. */
export const openHours = 24;
/** How long a sole super admin waits in place of a second approval. */
const waitingHours = 24;

/** The action, the reason, and the requester's confirmation of identity. */
export type NewRequest = Requested & { readonly reason: string; readonly session: SessionProof };

/** Announces a request of a sole super admin, so that it can be stopped. */
export type AnnounceWaiting = (approval: Approval) => void;

export const inHours = (now: Date, hours: number): string =>
  new Date(now.getTime() + hours * hourMs).toISOString();

/**
 * Requests an action that needs two super admins. The request is bound to the exact input and to the
 * revisions of what it refers to. The requester has just confirmed their identity. A sole super admin gets
 * a waiting period instead of a second person, which is announced by email.
 * @param ctx its scope is the platform's
 */
export async function requestApproval(
  ctx: Context,
  { reason, session, ...asked }: NewRequest,
  { plane, announce }: { readonly plane: ControlPlane; readonly announce: AnnounceWaiting },
): Promise<Approval> {
  const { now } = ctx;
  const { self, others } = await superAdminHere(ctx);
  const requestedBy = confirmationOf(ctx, self, session);
  const { kind, input } = Requested.parse(asked);
  const touches = await touchedBy(plane, Requested.parse(asked));
  if (kind === 'super-admin.create' && touches[`email/${input.email}`] !== 0)
    throw approvalRefusals.super_admin_already();
  const isAlone = others.length === 0;
  const stored = fresh(
    ctx,
    ApprovalItem,
    {
      approvalId: newApprovalId(now),
      ...{ kind, input, touches, reason, requestedBy },
      hash: boundHash({ kind, input, touches }),
      status: 'waiting',
      openUntil: inHours(now, isAlone ? waitingHours + openHours : openHours),
      waitsUntil: isAlone ? inHours(now, waitingHours) : undefined,
    },
    'approval.requested',
  );
  const scope = platformScope(plane);
  await transact(scope, [create(scope, ApprovalItem, stored)]);
  const approval = showApproval(stored);
  if (isAlone) announce(approval);
  return approval;
}
