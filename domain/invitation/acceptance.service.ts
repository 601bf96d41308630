import type { PendingReason } from '../access/me.schema.ts';
import { isAdmin, type TeamRole } from '../access/roles.schema.ts';
import type { Actor } from '../actor.ts';
import { AppError } from '../errors.ts';
import type { InvitationId, TeamId, UserId } from '../ids.ts';
import { countWrite } from '../organization/counters.service.ts';
import { updated } from '../table/change-stamp.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { transact, update, type Write } from '../table/write.ts';
import { joinTeamWrites } from '../team/team-members.service.ts';
import { admitWrites } from '../user/admission.service.ts';
import type { User } from '../user/profile.schema.ts';
import { findUser } from '../user/user.service.ts';
import { InvitationEntity } from './invitation.entity.ts';
import type { Invitation } from './invitation.schema.ts';
import { findInvitation } from './invitation.service.ts';

/** Who accepts: a verified identity, its verified primary address as `emailAddress` keeps it, and the invitation its metadata names. */
export interface Acceptance {
  readonly userId: UserId;
  readonly email: string;
  readonly invitationId: InvitationId;
  /** What they call themselves; the invitation's name when that isn't known yet. */
  readonly name?: string | undefined;
}

export type Admission =
  | { readonly admitted: true; readonly user: User }
  | { readonly admitted: false; readonly reason: PendingReason };

const refused = (reason: PendingReason): Admission => ({ admitted: false, reason });

/**
 * Makes the invited identity a member, once: on its first request or when Clerk's webhook comes, whichever is first. The
 * other one, a repetition, and two at the same moment find the member there. Only the invited address is admitted; into the team
 * of the invitation, if that has a place. Throws `conflict` when too much happens at once: try again.
 */
export async function accept(
  scope: OrganizationScope,
  actor: Actor,
  acceptance: Acceptance,
  now: Date,
): Promise<Admission> {
  const invitation = await findInvitation(scope, acceptance.invitationId, now);
  const reason = objection(invitation, acceptance);
  if (invitation === null || reason !== null) return refused(reason ?? 'not_invited');
  for (const place of placesOf(invitation)) {
    try {
      await transact(scope, admissionWrites(scope, actor, { ...acceptance, invitation, place }, now));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (error.code === noPlace) continue;
      if (error.code === 'conflict' && (await findUser(scope, acceptance.userId)) === null) throw error;
    }
    break;
  }
  const user = await findUser(scope, acceptance.userId);
  return user === null ? refused('invitation_used') : { admitted: true, user };
}

interface Place {
  readonly teamId: TeamId;
  readonly role: TeamRole;
}

/** Where somebody joins: as invited; as a member where another leads by now; in no team when theirs is gone or full. */
function* placesOf({ teamId, teamRole }: Invitation): Generator<Place | undefined> {
  if (teamId !== undefined && teamRole === 'leader') yield { teamId, role: 'leader' };
  if (teamId !== undefined) yield { teamId, role: 'member' };
  yield undefined;
}

const noPlace = 'not_found';
const used = () => new AppError('stale', 'This invitation was used or taken back at the same moment.');
const gone = () => new AppError(noPlace, 'The team of this invitation has no place any more.');

interface Admitted extends Acceptance {
  readonly invitation: Invitation;
  readonly place: Place | undefined;
}

function admissionWrites(
  scope: OrganizationScope,
  by: Actor,
  { userId, invitationId, name: ownName, invitation, place }: Admitted,
  now: Date,
): Write[] {
  const { email, role } = invitation;
  const person = { userId, email, name: ownName ?? invitation.name };
  // Nobody has a role before this: who joins acts in the role they are invited to.
  const actor = { ...by, name: person.name, role: by.role === 'system' ? by.role : role };
  const accepted = InvitationEntity.patch({ organizationId: scope.organizationId, invitationId })
    .set({ status: 'accepted', acceptedBy: userId, ...updated(actor, 'invitation.accepted', now) })
    .add({ revision: 1 })
    .where(
      ({ status, validUntil }, { eq, gt }) =>
        `${eq(status, 'pending')} AND ${gt(validUntil, now.toISOString())}`,
    );
  const teams = place === undefined ? {} : { [place.teamId]: place.role };
  const joining = place === undefined ? [] : joinTeamWrites(scope, actor, { ...person, ...place }, now);
  return [
    update(scope, accepted, used),
    ...admitWrites(scope, actor, { ...person, role, invitationId, teams }, now),
    countWrite(scope, { users: 1, pendingInvitations: -1, admins: isAdmin(role) ? 1 : 0 }),
    ...joining.map(({ item }) => ({ item, refusal: gone })),
  ];
}

function objection(invitation: Invitation | null, { userId, email }: Acceptance): PendingReason | null {
  if (invitation === null) return 'not_invited';
  if (invitation.email !== email) return 'invitation_for_another_address';
  switch (invitation.status) {
    case 'pending':
      return null;
    case 'accepted':
      // Accepted by this very identity, whose membership was read a moment too early: the write below settles it.
      return invitation.acceptedBy === userId ? null : 'invitation_used';
    case 'revoked':
      return 'invitation_revoked';
    case 'expired':
      return 'invitation_expired';
  }
}
