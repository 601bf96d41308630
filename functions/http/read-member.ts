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

/** The platform has no profile, subscription or row in the directory: it is not a customer. */
const platform: OrganizationSummary = { id: PLATFORM, name: 'Aligno', status: 'active' };

interface Pending {
  readonly status: 'pending';
  readonly reason: PendingReason;
}

/** Whoever called, as a member of the organization that their token names. */
interface ActiveMember {
  readonly status: 'active';
  readonly user: User;
  readonly organization: OrganizationSummary;
  /** The whole organization; the platform has no profile. */
  readonly profile: Organization | undefined;
}

interface Dependencies {
  readonly open: OpenOrganization;
  readonly provider: IdentityProvider;
}

/**
 * Where an identity belongs, read from the table now: role and status never come from the token. Somebody who
 * has just accepted an invitation is made a member here, however late Clerk's webhook is. Nobody becomes one
 * of the platform's this way. Throws `organization_inactive` and `subscription_expired`.
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
  // Loaded for the few who come for the first time.
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
 * Clerk has put the organization of the invitation into the metadata of somebody who belongs to another one:
 * it is put right, and the super admin is told. If Clerk is away, their next request asks for it again.
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

/** The caller as a member, which they must be. Throws `forbidden`. */
export async function requireMember(...parameters: Parameters<typeof readMember>): Promise<ActiveMember> {
  const member = await readMember(...parameters);
  if (member.status === 'active') return member;
  throw member.reason === 'deactivated' ? httpRefusals.account_deactivated() : httpRefusals.no_membership();
}
