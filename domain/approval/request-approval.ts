import type { Context } from '../context.ts';
import { newApprovalId } from '../ids.ts';
import { type ControlPlane, platformScope } from '../table/scope.ts';
import { transact } from '../table/transaction.ts';
import { create, fresh } from '../table/writes.ts';
import { ApprovalItem } from './approval.noun.ts';
import { approvalRefusals } from './approval.refusals.ts';
import type { Approval } from './approval.schema.ts';
import { boundHash } from './bound-hash.ts';
import { showApproval } from './find-approval.ts';
import { Requested } from './kinds.schema.ts';
import { confirmationOf, type SessionProof, superAdminHere } from './super-admin-here.ts';
import { touchedBy } from './touched.ts';

const hourMs = 3_600_000;

/** How long a request can be approved; and once it is, carried out. */
export const openHours = 24;
/** How long a super admin who is alone waits in place of a second one's approval. */
const waitingHours = 24;

/** What is asked for, why, and with what proof of who asks. */
export type NewRequest = Requested & { readonly reason: string; readonly session: SessionProof };

/** Tells of a request whose requester is alone, so that whoever is watching can have it stopped. */
export type AnnounceWaiting = (approval: Approval) => void;

export const inHours = (now: Date, hours: number): string =>
  new Date(now.getTime() + hours * hourMs).toISOString();

/**
 * Asks for something that takes two super admins. It is bound to the exact input and to the revisions of what
 * that is about. The requester has just confirmed that it is them. Whoever is the only super admin gets a
 * waiting time instead of a second person, of which a letter tells.
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
