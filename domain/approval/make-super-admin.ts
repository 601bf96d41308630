import { systemActor } from '../actor.ts';
import type { Context } from '../context.ts';
import { AppError } from '../errors.ts';
import { type ApprovalId, type OrganizationId, PLATFORM, type UserId } from '../ids.ts';
import { type ControlPlane, platformScope } from '../table/scope.ts';
import { transact, type Write } from '../table/transaction.ts';
import { change } from '../table/writes.ts';
import { checkActiveUser } from '../user/find-user.ts';
import { superAdminWrites } from '../user/super-admins.ts';
import { ApprovalItem } from './approval.noun.ts';
import { approvalRefusals } from './approval.refusals.ts';
import type { Approval, VoidReason } from './approval.schema.ts';
import { endRequest } from './decide-request.ts';
import { isOpen, requireRequest } from './find-approval.ts';
import { approvalBroken } from './holding.ts';
import { inHours } from './request-approval.ts';

/** How long an invited person has to create their account: the lifetime of the invitation link. */
export const invitedHours = 7 * 24;

/** The person of an approved request, as the identity provider knows them. */
export type FoundPerson =
  | {
      readonly outcome: 'found';
      readonly userId: UserId;
      readonly name?: string | undefined;
      readonly twoFactor: boolean;
      /** The organization they are a member of. */
      readonly home?: OrganizationId | undefined;
    }
  /** They have no account and were invited to create one. */
  | { readonly outcome: 'invited' }
  | { readonly outcome: 'undeliverable' };

/** The identity provider's part in creating super admins. Both throw `identity_unavailable`. */
export interface SuperAdminProvider {
  /** Finds the person of a request, or invites them once. */
  find(approvalId: ApprovalId): Promise<FoundPerson>;
  /** Informs the provider that a user belongs to the platform. Idempotent. */
  link(userId: UserId): Promise<void>;
}

export interface Making {
  readonly plane: ControlPlane;
  readonly provider: SuperAdminProvider;
}

const inFunction = (plane: ControlPlane, id: ApprovalId, now: Date): Context => ({
  scope: platformScope(plane),
  actor: systemActor('approvals', id),
  now,
});

/**
 * Makes the person of an approved request a super admin, once; repeated calls continue what is unfinished.
 * Checks both super admins, the input and the address again. Returns the request. Throws
 * `approval_required` for one that isn't approved, and `identity_unavailable`.
 */
export async function makeSuperAdmin(making: Making, approvalId: ApprovalId, now: Date): Promise<Approval> {
  const ctx = inFunction(making.plane, approvalId, now);
  const approval = await requireRequest(ctx.scope, approvalId);
  if (approval.kind !== 'super-admin.create') throw approvalRefusals.approval_for_another_input();
  if (approval.status === 'carried_out') return await finish(ctx, approval, making);
  if (!isOpen(approval, now)) throw approvalRefusals.approval_ended();
  const broken = await approvalBroken(making.plane, approval, now);
  if (broken !== null) return await endRequest(ctx, approval, 'voided', broken);
  const person = await making.provider.find(approvalId);
  if (person.outcome === 'invited') return await awaitAccount(ctx, approval);
  const problem = problemWith(person, approval);
  if (problem !== null || person.outcome !== 'found')
    return await endRequest(ctx, approval, 'voided', problem ?? 'undeliverable');
  const made = await writeSuperAdmin(ctx, approval, person);
  return made.status === 'carried_out' ? await finish(ctx, made, making) : made;
}

function problemWith(person: FoundPerson, { requestedBy, approvedBy }: Approval): VoidReason | null {
  if (person.outcome !== 'found') return 'undeliverable';
  if (person.userId === requestedBy.userId || person.userId === approvedBy?.userId)
    return 'already_super_admin';
  return person.home !== undefined && person.home !== PLATFORM ? 'member_elsewhere' : null;
}

/** Records that the person was invited, and keeps the request open as long as the invitation is valid. */
async function awaitAccount(ctx: Context, approval: Approval): Promise<Approval> {
  const { id: approvalId, progress, revision: at } = approval;
  if (progress === 'invited') return approval;
  const set = { progress: 'invited', openUntil: inHours(ctx.now, invitedHours) } as const;
  const noted = { secondaryTo: 'approval.approved', set, at, refusal: approvalRefusals.approval_ended };
  await transact(ctx.scope, [change(ctx, ApprovalItem, { approvalId }, noted)]);
  return { ...approval, ...set, revision: at + 1 };
}

/** One transaction: the user exists if and only if the request was carried out. */
async function writeSuperAdmin(
  ctx: Context,
  approval: Approval,
  person: FoundPerson & { readonly outcome: 'found' },
): Promise<Approval> {
  const { scope, now } = ctx;
  const { id: approvalId, input, requestedBy, approvedBy, revision: at } = approval;
  const { name = String(input.name), userId, twoFactor } = person;
  const set = {
    status: 'carried_out',
    carriedOutAt: now.toISOString(),
    progress: 'linking',
    outcome: { userId },
  } as const;
  const action = 'approval.carried-out';
  const writes: Write[] = [
    change(ctx, ApprovalItem, { approvalId }, { action, set, at, refusal: approvalRefusals.approval_ended }),
    ...(await superAdminWrites(ctx, { userId, name, email: String(input.email), twoFactor })),
    ...[requestedBy, ...(approvedBy === undefined ? [] : [approvedBy])].map((one) =>
      checkActiveUser(scope, one.userId, approvalRefusals.approval_void),
    ),
  ];
  try {
    await transact(scope, writes);
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'already_exists')) throw error;
    return await endRequest(ctx, approval, 'voided', 'already_super_admin');
  }
  return { ...approval, ...set, revision: at + 1, updatedAt: set.carriedOutAt };
}

/** Informs the identity provider, with retries. */
async function finish(ctx: Context, approval: Approval, { provider }: Making): Promise<Approval> {
  const { id: approvalId, outcome, progress, revision: at } = approval;
  if (progress !== 'linking' || outcome === undefined) return approval;
  await provider.link(outcome.userId);
  const done = { secondaryTo: 'approval.carried-out', set: { progress: null }, at };
  await transact(ctx.scope, [
    change(ctx, ApprovalItem, { approvalId }, { ...done, refusal: approvalRefusals.approval_ended }),
  ]);
  const { progress: _, ...finished } = approval;
  return { ...finished, revision: at + 1 };
}
