import type { Context } from '../../domain/context.ts';
import { AppError } from '../../domain/errors.ts';
import { type InvitationId, PLATFORM, type UserId } from '../../domain/ids.ts';
import { assertServed } from '../../domain/organization/assert-served.ts';
import type { OrganizationSummary } from '../../domain/organization/organization.schema.ts';
import type { Organization } from '../../domain/organization/profile.schema.ts';
import type { OpenOrganization } from '../../domain/table/scope.ts';
import { findMember } from '../../domain/user/find-member.ts';
import { findUser } from '../../domain/user/find-user.ts';
import type { PendingReason } from '../../domain/user/me.schema.ts';
import type { User } from '../../domain/user/profile.schema.ts';
import type { IdentityProvider } from '../clerk/identity-provider.ts';
import { httpRefusals } from './http.refusals.ts';
import type { Identity } from './identity.ts';
import type { Caller } from './request.ts';

/** The platform isn't a customer: it has no profile, subscription or directory row. */
const platform: OrganizationSummary = { id: PLATFORM, name: 'Aligno', status: 'active' };

interface Pending {
  readonly status: 'pending';
  readonly reason: PendingReason;
}

/** The caller, as a member of the organization named in their token. */
interface ActiveMember {
  readonly status: 'active';
  readonly user: User;
  readonly organization: OrganizationSummary;
  /** The organization's profile; the platform has none. */
  readonly profile: Organization | undefined;
}

interface Dependencies {
  readonly open: OpenOrganization;
  readonly provider: IdentityProvider;
}

/**
 * Reads the caller's current membership from the table: role and status never come from the token. A user
 * who has just accepted an invitation becomes a member here, even if Clerk's webhook is late. Nobody joins
 * the platform this way. Throws `organization_inactive` and `subscription_expired`.
 */
export async function readMember(
  { identity, actor }: Caller,
  dependencies: Dependencies,
  now: Date,
): Promise<ActiveMember | Pending> {
  if (identity.organizationId === undefined) return { status: 'pending', reason: 'not_invited' };
  const scope = dependencies.open(identity.organizationId);
  const isPlatform = scope.organizationId === PLATFORM;
  const { user, organization: profile } = isPlatform
    ? { user: await findUser(scope, identity.userId), organization: null }
    : await findMember(scope, identity.userId);
  if (!isPlatform) {
    if (profile === null) return { status: 'pending', reason: 'not_invited' };
    assertServed(profile, now);
  }
  if (isPlatform && user === null) return { status: 'pending', reason: 'not_invited' };
  const member = user ?? (await becomeMember({ scope, actor, now }, identity, dependencies));
  if ('reason' in member) return member;
  if (member.status === 'deactivated') return { status: 'pending', reason: 'deactivated' };
  const { id, name, status, frozenAt, deletionFrom }: OrganizationSummary = profile ?? platform;
  const organization = { id, name, status, frozenAt, deletionFrom };
  return { status: 'active', user: member, organization, profile: profile ?? undefined };
}

async function becomeMember(
  ctx: Context,
  { userId, email, invitationId }: Identity,
  dependencies: Dependencies,
): Promise<Pending | User> {
  if (email === undefined || invitationId === undefined) return { status: 'pending', reason: 'not_invited' };
  // Loaded only for users who come for the first time.
  const [{ acceptInvitation }, { memberClaims }] = await Promise.all([
    import('../../domain/invitation/accept-invitation.ts'),
    import('../../domain/user/member-claims.ts'),
  ]);
  const { open, provider } = dependencies;
  const accepted = await acceptInvitation(
    ctx,
    { userId, email, invitationId },
    memberClaims(open(PLATFORM), provider.isMember),
  );
  if (accepted.admitted) return accepted.user;
  if (accepted.reason === 'member_elsewhere')
    await settleElsewhere(ctx, { userId, invitationId }, dependencies);
  return { status: 'pending', reason: accepted.reason };
}

/**
 * Clerk has put an invitation's organization into the metadata of a user who belongs to another one.
 * Corrects the metadata and tells the super admin. If Clerk is unavailable, the next request retries.
 */
async function settleElsewhere(
  { scope: { organizationId }, actor, now }: Context,
  { userId, invitationId }: { readonly userId: UserId; readonly invitationId: InvitationId },
  { open, provider }: Dependencies,
): Promise<void> {
  const { recordMemberElsewhere } = await import('../../domain/audit/record-access.ts');
  const invited = { organizationId, invitationId };
  await Promise.all([
    recordMemberElsewhere({ scope: open(PLATFORM), actor: { ...actor, role: 'outsider' }, now }, invited),
    provider.link(userId).catch((error: unknown) => {
      if (!(error instanceof AppError && error.code === 'identity_unavailable')) throw error;
    }),
  ]);
}

/** The caller's membership. Throws `forbidden` if there is none. */
export async function requireMember(...parameters: Parameters<typeof readMember>): Promise<ActiveMember> {
  const member = await readMember(...parameters);
  if (member.status === 'active') return member;
  throw member.reason === 'deactivated' ? httpRefusals.account_deactivated() : httpRefusals.no_membership();
}
