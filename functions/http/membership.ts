import type { PendingReason } from '../../domain/access/me.schema.ts';
import type { Actor } from '../../domain/actor.ts';
import { AppError } from '../../domain/errors.ts';
import { type InvitationId, PLATFORM, type UserId } from '../../domain/ids.ts';
import type { OrganizationSummary } from '../../domain/organization/organization.schema.ts';
import type { Organization } from '../../domain/organization/profile.schema.ts';
import { requireStanding } from '../../domain/subscription/standing.ts';
import type { OpenOrganization, OrganizationScope } from '../../domain/table/scope.ts';
import { findMember } from '../../domain/user/member.service.ts';
import type { User } from '../../domain/user/profile.schema.ts';
import { findUser } from '../../domain/user/user.service.ts';
import type { IdentityProvider } from '../clerk/identity-provider.ts';
import type { Identity } from './identity.ts';

/** The platform has no profile, subscription or row in the directory: it is not a customer. */
const platform: OrganizationSummary = { id: PLATFORM, name: 'Aligno', status: 'active' };

interface Pending {
  readonly status: 'pending';
  readonly reason: PendingReason;
}

export type Membership =
  | {
      readonly status: 'active';
      readonly user: User;
      readonly organization: OrganizationSummary;
      /** The whole organization; the platform has no profile. */
      readonly profile: Organization | undefined;
    }
  | Pending;

interface Reach {
  readonly open: OpenOrganization;
  readonly provider: IdentityProvider;
}

async function admit(
  scope: OrganizationScope,
  { open, provider }: Reach,
  identity: Identity,
  actor: Actor,
  now: Date,
): Promise<Pending | User> {
  const { userId, email, invitationId } = identity;
  if (email === undefined || invitationId === undefined) return { status: 'pending', reason: 'not_invited' };
  // Loaded for the few who come for the first time.
  const [{ accept }, { memberClaims }] = await Promise.all([
    import('../../domain/invitation/acceptance.service.ts'),
    import('../../domain/user/member-claim.service.ts'),
  ]);
  const claims = memberClaims(open(PLATFORM), open);
  const admission = await accept(scope, claims, actor, { userId, email, invitationId }, now);
  if (!admission.admitted && admission.reason === 'member_elsewhere')
    await settleElsewhere({ open, provider }, scope, actor, { userId, invitationId }, now);
  return admission.admitted ? admission.user : { status: 'pending', reason: admission.reason };
}

/**
 * Clerk has put the organization of the invitation into the metadata of somebody who belongs to another one:
 * it is put right, and the super admin is told. If Clerk is away, their next request asks for it again.
 */
async function settleElsewhere(
  { open, provider }: Reach,
  { organizationId }: OrganizationScope,
  actor: Actor,
  { userId, invitationId }: { readonly userId: UserId; readonly invitationId: InvitationId },
  now: Date,
): Promise<void> {
  const { recordMemberElsewhere } = await import('../../domain/audit/access-event.service.ts');
  const invited = { organizationId, invitationId };
  await Promise.all([
    recordMemberElsewhere(open(PLATFORM), { ...actor, role: 'outsider' }, invited, now),
    provider.link(userId).catch((error: unknown) => {
      if (!(error instanceof AppError && error.code === 'identity_unavailable')) throw error;
    }),
  ]);
}

/**
 * Where an identity belongs, read from the table now: role and status never come from the token. Somebody who
 * has just accepted an invitation is made a member here, however late Clerk's webhook is. Nobody becomes one
 * of the platform's this way. Throws `organization_inactive` and `subscription_expired`.
 */
export async function membershipOf(
  identity: Identity,
  reach: Reach,
  actor: Actor,
  now: Date,
): Promise<Membership> {
  if (identity.organizationId === undefined) return { status: 'pending', reason: 'not_invited' };
  const scope = reach.open(identity.organizationId);
  const isPlatform = scope.organizationId === PLATFORM;
  const { user, organization: profile } = isPlatform
    ? { user: await findUser(scope, identity.userId), organization: null }
    : await findMember(scope, identity.userId);
  if (!isPlatform) {
    if (profile === null) return { status: 'pending', reason: 'not_invited' };
    requireStanding(profile, now);
  }
  if (isPlatform && user === null) return { status: 'pending', reason: 'not_invited' };
  const member = user ?? (await admit(scope, reach, identity, actor, now));
  if ('reason' in member) return member;
  if (member.status === 'deactivated') return { status: 'pending', reason: 'deactivated' };
  const { id, name, status } = profile ?? platform;
  return {
    status: 'active',
    user: member,
    organization: { id, name, status },
    profile: profile ?? undefined,
  };
}

/** The membership of somebody who must have one. Throws `forbidden`. */
export async function requireMembership(
  ...parameters: Parameters<typeof membershipOf>
): Promise<Membership & { readonly status: 'active' }> {
  const membership = await membershipOf(...parameters);
  if (membership.status === 'active') return membership;
  throw membership.reason === 'deactivated'
    ? new AppError(
        'forbidden',
        'Your account here is deactivated. Ask an admin of your organization to reactivate it.',
      )
    : new AppError('forbidden', 'You are signed in, but no organization has you yet.');
}
