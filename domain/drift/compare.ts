import { type InvitationId, type OrganizationId, PLATFORM } from '../ids.ts';
import { findInvitation, isOverdue } from '../invitation/find-invitation.ts';
import { type ControlPlane, withinOrganization } from '../table/scope.ts';
import type { IdentityEvent } from '../user/apply-identity-event.ts';
import { knownMembers, type Member } from '../user/known-members.ts';
import { type Difference, driftDetails } from './drift.schema.ts';

/** A user as listed by Clerk. */
export type ListedPerson = Extract<IdentityEvent, { readonly kind: 'state' }>;
/**
 * The details in which a member differs from Clerk. Missing details at Clerk, and a missing second factor,
 * are no difference.
 */
function detailsOf(member: Member, person: ListedPerson): Difference['details'] {
  if ((member.identityTime ?? 0) > person.clerkTime) return [];
  return driftDetails.filter((detail) => {
    const told = person[detail];
    return told !== undefined && told !== (member[detail] ?? (detail === 'twoFactor' ? false : undefined));
  });
}

/** Whether a user who isn't a member has accepted an invitation that is still valid. */
async function isJoining(plane: ControlPlane, person: ListedPerson, now: Date): Promise<boolean> {
  const { organizationId, invitationId, email } = person;
  if (organizationId === undefined || organizationId === PLATFORM) return false;
  if (invitationId === undefined || email === undefined) return false;
  const invitation = await findInvitation(withinOrganization(plane, organizationId), invitationId);
  return invitation?.status === 'pending' && invitation.email === email && !isOverdue(invitation, now);
}

/**
 * How users differ from their state at Clerk. Costs a claim and a user read each, and for users who aren't
 * members also their accepted invitation.
 */
export async function comparePeople(
  plane: ControlPlane,
  listed: readonly ListedPerson[],
  now: Date,
): Promise<Difference[]> {
  // A list that changes while it is read may contain a user twice.
  const people = [...new Map(listed.map((person) => [person.userId, person])).values()];
  const known = await knownMembers(plane, people);
  const found: Difference[] = [];
  for (const person of people) {
    const { userId: of, clerkTime, organizationId, invitationId } = person;
    const member = known.get(of);
    if (member === undefined) {
      if (await isJoining(plane, person, now))
        found.push({ kind: 'joining', of, organizationId, invitationId, clerkTime });
      continue;
    }
    const { revision, organizationId: home } = member;
    const details = detailsOf(member, person) ?? [];
    if (details.length > 0)
      found.push({ kind: 'details', of, organizationId: home, details, clerkTime, revision });
    // Users that Clerk assigns to the platform are left alone, see `linkPerson`.
    if (organizationId !== home && organizationId !== PLATFORM && home !== PLATFORM)
      found.push({ kind: 'organization', of, organizationId: home, clerkTime, revision });
  }
  return found;
}

/** An open invitation at Clerk, with the ids it carries. */
interface ListedLetter {
  readonly providerId: string;
  readonly clerkTime: number;
  readonly organizationId?: OrganizationId | undefined;
  readonly invitationId?: InvitationId | undefined;
}

/**
 * Clerk invitations whose own invitation has ended or is gone. Those without an id aren't ours: invitations
 * of new super admins have none.
 */
export async function compareLetters(
  plane: ControlPlane,
  letters: readonly ListedLetter[],
): Promise<Difference[]> {
  const found = await Promise.all(
    letters.map(async ({ providerId, clerkTime, organizationId, invitationId }): Promise<Difference[]> => {
      if (organizationId === undefined || invitationId === undefined) return [];
      const invitation = await findInvitation(withinOrganization(plane, organizationId), invitationId);
      // An expired one can be resent, and Clerk's own invitation expires with it.
      if (invitation?.status === 'pending' || invitation?.status === 'expired') return [];
      const revision = invitation?.revision;
      return [{ kind: 'letter', of: providerId, organizationId, invitationId, clerkTime, revision }];
    }),
  );
  return found.flat();
}
