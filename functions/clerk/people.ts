import * as z from 'zod/mini';
import { InvitationId, OrganizationId, PLATFORM, type UserId } from '../../domain/ids.ts';
import { findInvitation, isOverdue } from '../../domain/invitation/find-invitation.ts';
import type { OpenOrganization } from '../../domain/table/scope.ts';
import { findUser } from '../../domain/user/find-user.ts';
import { membershipIn, organizationClaimed } from '../../domain/user/member-claims.ts';
import { type clerkApi, unavailable } from './api.ts';

const Metadata = z.object({
  organizationId: z.catch(z.optional(OrganizationId), undefined),
  invitationId: z.catch(z.optional(InvitationId), undefined),
});
type Metadata = z.infer<typeof Metadata>;
const person = z.object({ public_metadata: Metadata });

const refused = (status: number) => unavailable(new Error(`Clerk answered ${status}`));

/**
 * Brings the organization that Clerk's metadata name for a person in line with the table: the one they are a
 * member of, or none. What somebody needs who is about to accept an invitation is left alone, as is whoever
 * belongs to the platform already. Doing it again changes nothing. Throws `identity_unavailable`.
 */
export async function linkPerson(
  { call }: ReturnType<typeof clerkApi>,
  open: OpenOrganization,
  userId: UserId,
  now: Date,
): Promise<void> {
  const path = `/users/${encodeURIComponent(userId)}`;
  const found = await call('GET', path);
  // Who has no account any more needs no link.
  if (found.status === 404) return;
  if (!found.ok) throw refused(found.status);
  const { public_metadata: named } = person.parse(await found.json());
  if (named.organizationId === PLATFORM) return;
  const home = await organizationClaimed(open(PLATFORM), membershipIn(open), userId, now);
  if (home === named.organizationId) return;
  // Of the platform are only those whom it has as a user: a claim alone makes nobody a super admin. Named
  // nowhere: linked again if they are a member, as who was brought back is.
  const isUnsure = home === PLATFORM || named.organizationId === undefined;
  if (isUnsure && !(await isMember(open, home, userId))) return;
  if (home === undefined && (await isWanted(open, userId, named, now))) return;
  // `null` takes a key out of the metadata. Source: Clerk Backend API reference, PATCH
  // /users/{user_id}/metadata.
  const linked = { public_metadata: { organizationId: home ?? null, invitationId: null } };
  const { ok, status } = await call('PATCH', `${path}/metadata`, linked);
  if (!ok) throw refused(status);
}

const isMember = async (open: OpenOrganization, home: OrganizationId | undefined, userId: UserId) =>
  home !== undefined && (await findUser(open(home), userId)) !== null;

/** Whether somebody without a claim is a member where the metadata say, or may become one. */
async function isWanted(
  open: OpenOrganization,
  userId: UserId,
  { organizationId, invitationId }: Metadata,
  now: Date,
): Promise<boolean> {
  if (organizationId === undefined) return false;
  const scope = open(organizationId);
  if ((await findUser(scope, userId)) !== null) return true;
  const invitation = invitationId === undefined ? null : await findInvitation(scope, invitationId);
  return invitation?.status === 'pending' && !isOverdue(invitation, now);
}
