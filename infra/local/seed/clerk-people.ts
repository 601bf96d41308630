import { createClerkClient } from '@clerk/backend';
import type { InvitationId, OrganizationId } from '../../../domain/ids.ts';
import { UserId } from '../../../domain/ids.ts';
import type { InvitationSender } from '../../../domain/invitation/send-invitation.ts';

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
