import { abilityOf, allows, rulesFor } from '../access/ability.ts';
import { isAdmin, type TeamRole } from '../access/roles.schema.ts';
import { type Context, naming } from '../context.ts';
import { AppError } from '../errors.ts';
import { type InvitationId, PLATFORM, type TeamId, UserId } from '../ids.ts';
import { assertServed } from '../organization/assert-served.ts';
import { changeCounts } from '../organization/counts.ts';
import { findOrganization } from '../organization/find-organization.ts';
import { organizationRefusals } from '../organization/organization.refusals.ts';
import { transact, type Write } from '../table/transaction.ts';
import { change } from '../table/writes.ts';
import { nameTeams } from '../team/find-team.ts';
import { joinTeam } from '../team/team-writes.ts';
import { findMember } from '../user/find-member.ts';
import { findUser } from '../user/find-user.ts';
import type { PendingReason } from '../user/me.schema.ts';
import type { MemberClaims } from '../user/member-claims.ts';
import type { User } from '../user/profile.schema.ts';
import { createUser } from '../user/user-writes.ts';
import { findInvitation, isOverdue, type StoredInvitation } from './find-invitation.ts';
import { InvitationItem } from './invitation.noun.ts';
import { invitationRefusals } from './invitation.refusals.ts';
import { allowsAddress } from './invite.ts';

/**
 * The accepting user: a verified identity, its verified primary address normalized by `emailAddress`, and
 * the invitation named by its metadata.
 */
interface Acceptance {
  readonly userId: UserId;
  readonly email: string;
  readonly invitationId: InvitationId;
  /** The user's own name; falls back to the invitation's. */
  readonly name?: string | undefined;
}

type Accepted =
  | { readonly admitted: true; readonly user: User }
  | { readonly admitted: false; readonly reason: PendingReason };

const refused = (reason: PendingReason): Accepted => ({ admitted: false, reason });

/**
 * Makes the invited identity a member, once: on its first request or when Clerk's webhook arrives,
 * whichever comes first. The other one, and any repetition, finds the member. Only the invited address is
 * admitted, under the current rules, and into the invitation's team if that has room. A member of another
 * organization stays there. Throws `organization_inactive` and `subscription_expired`, and `conflict` when
 * too many writes collide: retry.
 */
export async function acceptInvitation(
  ctx: Context,
  acceptance: Acceptance,
  claims: MemberClaims,
): Promise<Accepted> {
  const { scope, now } = ctx;
  const { userId } = acceptance;
  const invitation = await findInvitation(scope, acceptance.invitationId);
  if (invitation === null) return refused('not_invited');
  const reason = objection(invitation, acceptance, now) ?? (await objectionNow(ctx, invitation));
  if (reason !== null) return refused(reason);
  if (!(await claims.take(userId, scope.organizationId, now))) return refused('member_elsewhere');
  const { teamId } = invitation;
  const named = naming(ctx, ...(teamId === undefined ? [] : await nameTeams(scope, [teamId])));
  for (const place of placesOf(invitation)) {
    try {
      await transact(scope, acceptWrites(named, acceptance, invitation, place));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (error.reason === 'invited_team_has_no_place') continue;
      if (error.code === 'conflict' && (await findUser(scope, userId)) === null) throw error;
    }
    break;
  }
  const user = await findUser(scope, userId);
  return user === null ? refused('invitation_used') : { admitted: true, user };
}

interface Place {
  readonly teamId: TeamId;
  readonly role: TeamRole;
}

/**
 * The team to join: as invited; as a member if the team has another lead by now; none if the team is gone
 * or full.
 */
function* placesOf({ teamId, teamRole }: StoredInvitation): Generator<Place | undefined> {
  if (teamId !== undefined && teamRole === 'leader') yield { teamId, role: 'leader' };
  if (teamId !== undefined) yield { teamId, role: 'member' };
  yield undefined;
}

function acceptWrites(
  { scope, actor: by, now }: Context,
  { userId, name: ownName }: Acceptance,
  { invitationId, email, role, ...invitation }: StoredInvitation,
  place: Place | undefined,
): Write[] {
  const person = { userId, email, name: ownName ?? invitation.name };
  // The user has no role yet, so they act in the role they are invited to.
  const actor = { ...by, name: person.name, role: by.role === 'system' ? by.role : role };
  const ctx = { scope, actor, now };
  const accepted = change(
    ctx,
    InvitationItem,
    { invitationId },
    {
      action: 'invitation.accepted',
      set: { status: 'accepted', acceptedBy: userId },
      where: ({ status, validUntil }, { eq, gt }) =>
        `${eq(status, 'pending')} AND ${gt(validUntil, now.toISOString())}`,
      refusal: invitationRefusals.invitation_used_meanwhile,
    },
  );
  const teams = place === undefined ? {} : { [place.teamId]: place.role };
  const joining = place === undefined ? [] : joinTeam(ctx, { ...person, ...place });
  return [
    accepted,
    ...createUser(ctx, { ...person, role, invitationId, teams }),
    changeCounts(scope, { users: 1, pendingInvitations: -1, admins: isAdmin(role) ? 1 : 0 }),
    ...joining.map(({ item }) => ({ item, refusal: invitationRefusals.invited_team_has_no_place })),
  ];
}

/** Why the invitation itself can't be accepted. */
function objection(
  invitation: StoredInvitation,
  { userId, email }: Acceptance,
  now: Date,
): PendingReason | null {
  if (invitation.email !== email) return 'invitation_for_another_address';
  if (isOverdue(invitation, now)) return 'invitation_expired';
  switch (invitation.status) {
    case 'pending':
      return null;
    case 'accepted':
      // Accepted by this identity already, whose membership was read a moment too early. The write resolves
      // it.
      return invitation.acceptedBy === userId ? null : 'invitation_used';
    case 'revoked':
      return 'invitation_revoked';
    case 'expired':
      return 'invitation_expired';
  }
}

/**
 * Why the organization can't be joined, read in one call: its status, its allowed email domains, and
 * whether the inviter may still invite to this role. The system and super admins, who aren't members,
 * always may.
 */
async function objectionNow(
  { scope, now }: Context,
  invitation: StoredInvitation,
): Promise<PendingReason | null> {
  if (invitation.status !== 'pending') return null;
  const inviterId = UserId.safeParse(invitation.invitedBy).data;
  const { organization, user: inviter } =
    inviterId === undefined
      ? { organization: await findOrganization(scope), user: null }
      : await findMember(scope, inviterId);
  if (organization !== null) {
    assertServed(organization, now);
    if (organization.frozenAt !== undefined) throw organizationRefusals.nobody_joins_now();
    if (!allowsAddress(invitation.email, organization)) return 'address_not_allowed';
  }
  return isFromOutside(invitation) || mayInvite(inviter, invitation) ? null : 'inviter_not_allowed';
}

function isFromOutside({ organizationId, invitedBy, inviterRole, changed }: StoredInvitation): boolean {
  const role = inviterRole ?? (changed.by === invitedBy ? changed.role : undefined);
  return role === 'system' || (role === 'super_admin' && organizationId !== PLATFORM);
}

function mayInvite(inviter: User | null, { organizationId, teamId, role }: StoredInvitation): boolean {
  if (inviter?.status !== 'active') return false;
  const ability = abilityOf(rulesFor(inviter));
  return allows(ability, 'create', 'Invitation', { organizationId, teamId, role });
}
