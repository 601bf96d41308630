import { createClerkClient } from '@clerk/backend';
import type { OrganizationRole, Role } from '../../../domain/access/roles.schema.ts';
import type { Actor } from '../../../domain/actor.ts';
import { type InvitationId, type OrganizationId, PLATFORM, UserId } from '../../../domain/ids.ts';
import { acceptInvitation as accept } from '../../../domain/invitation/accept-invitation.ts';
import { invite } from '../../../domain/invitation/invite.ts';
import type { InvitationSender } from '../../../domain/invitation/send-invitation.ts';
import type { Plan } from '../../../domain/subscription/subscription.schema.ts';
import { type OrganizationScope, withinOrganization } from '../../../domain/table/scope.ts';
import { memberClaims, membershipIn } from '../../../domain/user/member-claims.ts';

/** The Backend API's base URL and secret key, and the origin to which invitations lead. */
export interface ClerkAddress {
  readonly apiUrl: string;
  readonly secretKey: string;
  readonly appOrigin: string;
}

/** The identity provider as the seed needs it: it creates accounts and sends invitations. */
export function clerkPeople({ apiUrl, secretKey, appOrigin }: ClerkAddress) {
  const clerk = createClerkClient({ apiUrl, secretKey });
  const sender: InvitationSender = {
    async send({ organizationId, invitationId, email, expiresInDays }) {
      const { id } = await clerk.invitations.createInvitation({
        emailAddress: email,
        publicMetadata: { organizationId, invitationId },
        redirectUrl: `${appOrigin}/`,
        expiresInDays,
      });
      return { delivery: 'sent', providerId: id };
    },
    withdraw: async () => undefined,
  };
  return {
    sender,
    async createAccount(name: string, email: string, description: string): Promise<UserId> {
      const [firstName = name, ...rest] = name.split(' ');
      const { id } = await clerk.users.createUser({
        emailAddress: [email],
        firstName,
        lastName: rest.join(' '),
        privateMetadata: { description },
      });
      return UserId.parse(id);
    },
    async rememberInvitation(
      userId: UserId,
      publicMetadata: { organizationId: OrganizationId; invitationId: InvitationId },
    ) {
      await clerk.users.updateUserMetadata(userId, { publicMetadata });
    },
  };
}
export type ClerkPeople = ReturnType<typeof clerkPeople>;

/** For invitations accepted in the past, which need no email. */
export const longAgo: InvitationSender = {
  send: async ({ invitationId }) => ({ delivery: 'sent', providerId: `seed_${invitationId}` }),
  withdraw: async () => undefined,
};

interface Person {
  readonly name: string;
  readonly email: string;
  readonly role: Role;
}

const roleLabels: Record<Role, string> = {
  super_admin: 'Super admin',
  org_admin: 'Admin',
  team_leader: 'Team lead',
  team_member: 'Team member',
};

/** The actor of something a person of the seed did. The request id marks it as example data. */
export const seedActor = (
  by: string,
  { name, role }: { readonly name: string; readonly role: Role },
): Actor => ({ by, name, role, requestId: `seed-${by}` });

/**
 * Accepts an open invitation in the past. The account's metadata is set last, so that its webhook finds the
 * member already created, with the past date.
 */
export async function acceptInvitation(
  scope: OrganizationScope,
  clerk: ClerkPeople,
  { name, email, role }: Person,
  invitationId: InvitationId,
  at: { readonly organization: string; readonly now: Date },
): Promise<UserId> {
  const userId = await clerk.createAccount(name, email, `${roleLabels[role]} · ${at.organization}`);
  const open = (organizationId: OrganizationId) => withinOrganization(scope, organizationId);
  const accepted = await accept(
    { scope, actor: seedActor(userId, { name, role }), now: at.now },
    { userId, email, invitationId },
    memberClaims(open(PLATFORM), membershipIn(open)),
  );
  if (!accepted.admitted) throw new Error(`the seed could not make the ${role} a member: ${accepted.reason}`);
  await clerk.rememberInvitation(userId, { organizationId: scope.organizationId, invitationId });
  return userId;
}

/** Lets an organization with a plan and no rule for addresses invite. */
export const onPlan = (plan: Plan) => ({ allowedDomains: [], subscription: { plan } });

/** Invites a person and lets them accept an hour later, both in the past. */
export async function inviteAndAccept(
  scope: OrganizationScope,
  clerk: ClerkPeople,
  by: Actor,
  person: Person & { readonly role: OrganizationRole },
  at: { readonly organization: string; readonly plan: Plan; readonly now: Date },
): Promise<UserId> {
  const { id } = await invite(
    { scope, actor: by, now: at.now },
    { person, organization: onPlan(at.plan) },
    longAgo,
  );
  const now = new Date(at.now.getTime() + 3_600_000);
  return await acceptInvitation(scope, clerk, person, id, { ...at, now });
}
