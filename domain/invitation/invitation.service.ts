import type { Role, TeamRole } from '../access/roles.schema.ts';
import type { Actor } from '../actor.ts';
import { AppError } from '../errors.ts';
import { type InvitationId, newInvitationId, type TeamId } from '../ids.ts';
import { countWithinPlanWrite } from '../organization/counters.service.ts';
import type { Plan } from '../subscription/subscription.schema.ts';
import { created, updated } from '../table/change-stamp.ts';
import { happened } from '../table/conditional.ts';
import { entityOf } from '../table/entity.ts';
import { placesOf } from '../table/query.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { put, transact, type Write } from '../table/write.ts';
import { checkTeamExists } from '../team/find-team.ts';
import { claimEmailWrite } from '../user/admission.service.ts';
import { settleHolderOf } from './expiry.service.ts';
import { InvitationItem, noTeam } from './invitation.noun.ts';
import type { Invitation, NewInvitation } from './invitation.schema.ts';
import { type InvitationSender, withdrawNow } from './invitation-sender.ts';
import {
  deadline,
  lifetimeOf,
  readInvitation,
  requireStored,
  type StoredInvitation,
  showInvitation,
} from './stored-invitation.ts';

/** Reads an invitation as it is now, its expiry derived from the clock; null when there is none. */
export async function findInvitation(
  scope: OrganizationScope,
  id: InvitationId,
  now: Date,
): Promise<Invitation | null> {
  const stored = await readInvitation(scope, id);
  return stored === null ? null : showInvitation(stored, now);
}

const { primary, byTeam } = placesOf(entityOf(InvitationItem)).byAccessPattern;

/** Invitations newest first, after `position` (an invitation id). */
export async function invitationsAfter(
  { organizationId, client, table }: OrganizationScope,
  position: InvitationId | undefined,
  limit: number,
  now: Date,
): Promise<Invitation[]> {
  const cursor =
    position === undefined
      ? null
      : primary.fromComposite.toCursor({ organizationId, invitationId: position });
  const { data } = await entityOf(InvitationItem)
    .query.primary({ organizationId })
    .go({ client, table, limit, pages: 1, order: 'desc', cursor });
  return data.map((stored) => showInvitation(stored, now));
}

/**
 * The invitations of team members into some teams, as their leader may see them: newest first, after
 * `position`.
 */
export async function invitationsIntoTeams(
  { organizationId, client, table }: OrganizationScope,
  teamIds: readonly TeamId[],
  position: InvitationId | undefined,
  limit: number,
  now: Date,
): Promise<Invitation[]> {
  const ofTeam = async (teamId: TeamId) => {
    const of = { organizationId, teamKey: teamId };
    const cursor =
      position === undefined ? null : byTeam.fromComposite.toCursor({ ...of, invitationId: position });
    const { data } = await entityOf(InvitationItem)
      .query.byTeam(of)
      .where(({ role }, { eq }) => eq(role, 'team_member'))
      .go({ client, table, count: limit, order: 'desc', cursor });
    return data;
  };
  const found = (await Promise.all(teamIds.map(ofTeam))).flat();
  return found
    .sort((a, b) => (a.invitationId < b.invitationId ? 1 : -1))
    .slice(0, limit)
    .map((stored) => showInvitation(stored, now));
}

interface Invitee {
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly teamId?: TeamId | undefined;
  readonly teamRole?: TeamRole | undefined;
  readonly expiresInDays?: number | undefined;
}

/**
 * The writes that record an invitation before anybody is asked to send it, and the invitation as they leave
 * it.
 */
export function inviteWrites(
  scope: OrganizationScope,
  actor: Actor,
  { email, name, role, teamId, teamRole = 'member', expiresInDays }: Invitee,
  emailPath: string,
  now: Date,
): { invitation: StoredInvitation; writes: Write[] } {
  const life = expiresInDays === undefined ? {} : { lifetimeDays: expiresInDays };
  const invitation = {
    organizationId: scope.organizationId,
    invitationId: newInvitationId(now),
    email,
    name,
    role,
    ...(teamId === undefined ? {} : { teamId, teamRole }),
    teamKey: teamId ?? noTeam,
    ...life,
    status: 'pending' as const,
    delivery: 'queued' as const,
    invitedBy: actor.by,
    inviterRole: actor.role,
    validUntil: deadline(lifetimeOf(life), now),
    ...created(actor, 'invitation.created', now),
  };
  return {
    invitation,
    writes: [
      put(scope, entityOf(InvitationItem).create(invitation)),
      claimEmailWrite(scope, email, invitation.invitationId, emailPath),
    ],
  };
}

const noSuchTeam = () => {
  const message = 'There is no such team.';
  return new AppError('validation_failed', message, { fields: [{ path: 'teamId', message }] });
};

/**
 * Invites a person into the organization of the scope. What can't be sent now stays `queued`, to be sent by
 * the hourly run. Throws `already_exists` and `validation_failed` with the field, and `entitlement_exceeded`
 * when the plan has no seat left.
 */
export async function invite(
  scope: OrganizationScope,
  actor: Actor,
  person: NewInvitation,
  plan: Plan,
  sender: InvitationSender,
  now: Date,
): Promise<Invitation> {
  const { email, teamId } = person;
  const { invitation, writes: own } = inviteWrites(scope, actor, person, 'email', now);
  const writes = [
    ...(teamId === undefined ? [] : [checkTeamExists(scope, teamId, noSuchTeam)]),
    ...own,
    countWithinPlanWrite(scope, { pendingInvitations: 1 }, { of: 'seats', plan }),
  ];
  try {
    await transact(scope, writes);
  } catch (error) {
    // The address may be held by an invitation whose time is over, and which the hourly run hasn't come to
    // yet.
    const held = error instanceof AppError && error.code === 'already_exists';
    if (!held || !(await settleHolderOf(scope, actor, email, now))) throw error;
    await transact(scope, writes);
  }
  return await deliver(scope, actor, invitation, sender, now);
}

/**
 * Hands a recorded invitation to the identity provider and records what it said. One that was taken back,
 * accepted or sent by somebody else at that moment stays as it is then, and its new letter is withdrawn.
 * Throws `not_found`.
 */
export async function deliver(
  scope: OrganizationScope,
  actor: Actor,
  invitation: StoredInvitation,
  sender: InvitationSender,
  now: Date,
): Promise<Invitation> {
  const { organizationId, client, table } = scope;
  const { invitationId, email } = invitation;
  const expiresInDays = lifetimeOf(invitation);
  const outcome = await sender.send({ organizationId, invitationId, email, expiresInDays });
  if (outcome.delivery === 'queued') return showInvitation(invitation, now);
  const action = outcome.delivery === 'sent' ? 'invitation.sent' : 'invitation.delivery-failed';
  const change = { ...outcome, ...updated(actor, action, now) };
  const recorded = await happened(
    entityOf(InvitationItem)
      .patch({ organizationId, invitationId })
      .set(change)
      .add({ revision: 1 })
      .where(
        ({ status, revision }, { eq }) => `${eq(status, 'pending')} AND ${eq(revision, invitation.revision)}`,
      )
      .go({ client, table }),
  );
  if (recorded) return showInvitation({ ...invitation, ...change, revision: invitation.revision + 1 }, now);
  if (outcome.delivery === 'sent') await withdrawNow(sender, outcome.providerId);
  return showInvitation(await requireStored(scope, invitationId), now);
}
