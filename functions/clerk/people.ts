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
 * Sets the organization in a user's Clerk metadata to the one they belong to, or none. Metadata needed for
 * accepting an invitation is kept, as are members of the platform. Idempotent. Throws
 * `identity_unavailable`.
 */
export async function linkPerson(
  { call }: ReturnType<typeof clerkApi>,
  open: OpenOrganization,
  userId: UserId,
  now: Date,
): Promise<void> {
  const path = `/users/${encodeURIComponent(userId)}`;
  const found = await call('GET', path);
  // Deleted accounts need no link.
  if (found.status === 404) return;
  if (!found.ok) throw refused(found.status);
  const { public_metadata: named } = person.parse(await found.json());
  if (named.organizationId === PLATFORM) return;
  const home = await organizationClaimed(open(PLATFORM), membershipIn(open), userId, now);
  if (home === named.organizationId) return;
  // Only users stored in the platform belong to it: a claim alone doesn't make a super admin. Without an
  // organization in the metadata, a member is linked again, such as after a restore.
  const isUnsure = home === PLATFORM || named.organizationId === undefined;
  if (isUnsure && !(await isMember(open, home, userId))) return;
  if (home === undefined && (await isWanted(open, userId, named, now))) return;
  // `null` removes a key from the metadata. Source: Clerk Backend API reference, PATCH
  // /users/{user_id}/metadata.
  const linked = { public_metadata: { organizationId: home ?? null, invitationId: null } };
  const { ok, status } = await call('PATCH', `${path}/metadata`, linked);
  if (!ok) throw refused(status);
}

const isMember = async (open: OpenOrganization, home: OrganizationId | undefined, userId: UserId) =>
  home !== undefined && (await findUser(open(home), userId)) !== null;

/** Whether a user without a claim is, or may become, a member of the organization in the metadata. */
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
