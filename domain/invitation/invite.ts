import type { Role, TeamRole } from '../access/roles.schema.ts';
import type { Context } from '../context.ts';
import { AppError } from '../errors.ts';
import { InvitationId, newInvitationId, type TeamId } from '../ids.ts';
import { countWithinPlan } from '../organization/counts.ts';
import type { Plan } from '../subscription/subscription.schema.ts';
import { transact, type Write } from '../table/transaction.ts';
import { create, fresh } from '../table/writes.ts';
import { checkTeamExists } from '../team/find-team.ts';
import { claimEmail, ownerOfEmail } from '../user/user-writes.ts';
import { expireInvitation } from './expire-invitation.ts';
import { deadlineOf, findInvitation, isOverdue, type StoredInvitation } from './find-invitation.ts';
import { InvitationItem, noTeam } from './invitation.noun.ts';
import { invitationRefusals } from './invitation.refusals.ts';
import type { Invitation, NewInvitation } from './invitation.schema.ts';
import { type InvitationSender, sendInvitation } from './send-invitation.ts';

/** The limits of an organization's invitations: its plan's seats and its allowed email domains. */
export interface InvitingOrganization {
  /** Empty allows any. */
  readonly allowedDomains: readonly string[];
  readonly subscription: { readonly plan: Plan };
}

/**
 * Invites a person to the scope's organization. An invitation that can't be sent now stays `queued` for the
 * hourly run. Throws `already_exists` and `validation_failed` with the field, and `entitlement_exceeded` if
 * the plan has no seat left.
 */
export async function invite(
  ctx: Context,
  { person, organization }: { readonly person: NewInvitation; readonly organization: InvitingOrganization },
  sender: InvitationSender,
): Promise<Invitation> {
  const { scope } = ctx;
  const { email, teamId } = person;
  refuseAddress(email, organization);
  const { invitation, writes: own } = newInvitation(ctx, person, 'email');
  const { plan } = organization.subscription;
  const writes = [
    ...(teamId === undefined
      ? []
      : [checkTeamExists(scope, teamId, invitationRefusals.invited_team_not_found)]),
    ...own,
    countWithinPlan(scope, { pendingInvitations: 1 }, { of: 'seats', plan }),
  ];
  try {
    await transact(scope, writes);
  } catch (error) {
    const taken = error instanceof AppError && error.code === 'already_exists';
    if (!taken || !(await freeOverdue(ctx, email))) throw error;
    await transact(scope, writes);
  }
  return await sendInvitation(ctx, invitation, sender);
}

/** Whether an organization allows an address. */
export const allowsAddress = (
  email: string,
  { allowedDomains }: Pick<InvitingOrganization, 'allowedDomains'>,
): boolean => allowedDomains.length === 0 || allowedDomains.includes(email.slice(email.lastIndexOf('@') + 1));

/** The refusal of an address that the organization doesn't allow; null if it does. */
export const addressRefusal = (
  email: string,
  organization: Pick<InvitingOrganization, 'allowedDomains'>,
): AppError | null =>
  allowsAddress(email, organization)
    ? null
    : invitationRefusals.address_not_allowed({ domains: organization.allowedDomains.join(', ') });

/** Throws `validation_failed` for an address that the organization doesn't allow. */
export function refuseAddress(
  email: string,
  organization: Pick<InvitingOrganization, 'allowedDomains'>,
): void {
  const refusal = addressRefusal(email, organization);
  if (refusal !== null) throw refusal;
}

/**
 * Releases an address held by an expired invitation, if the hourly run hasn't done so yet. Returns whether
 * the address is now free.
 */
async function freeOverdue(ctx: Context, email: string): Promise<boolean> {
  const owner = InvitationId.safeParse(await ownerOfEmail(ctx.scope, email));
  if (!owner.success) return false;
  const stored = await findInvitation(ctx.scope, owner.data);
  return stored !== null && isOverdue(stored, ctx.now) && (await expireInvitation(ctx, stored));
}

interface Invitee {
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly teamId?: TeamId | undefined;
  readonly teamRole?: TeamRole | undefined;
  readonly expiresInDays?: number | undefined;
}

/** A new invitation, and the writes that store it before it is sent. */
export function newInvitation(
  ctx: Context,
  { email, name, role, teamId, teamRole = 'member', expiresInDays: lifetimeDays }: Invitee,
  emailPath: string,
): { readonly invitation: StoredInvitation; readonly writes: Write[] } {
  const { scope, actor, now } = ctx;
  const invitationId = newInvitationId(now);
  const values = {
    invitationId,
    email,
    name,
    role,
    teamId,
    teamRole: teamId === undefined ? undefined : teamRole,
    teamKey: teamId ?? noTeam,
    lifetimeDays,
    status: 'pending',
    delivery: 'queued',
    invitedBy: actor.by,
    inviterRole: actor.role,
    validUntil: deadlineOf({ lifetimeDays }, now),
  } as const;
  const invitation = fresh(ctx, InvitationItem, values, 'invitation.created');
  const writes = [
    create(scope, InvitationItem, invitation),
    claimEmail(scope, email, invitationId, emailPath),
  ];
  return { invitation, writes };
}
