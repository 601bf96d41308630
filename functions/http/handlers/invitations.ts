import { InvitationId } from '../../../domain/ids.ts';
import { invitationsAfter, invite, resend } from '../../../domain/invitation/invitation.service.ts';
import { revoke } from '../../../domain/invitation/revocation.service.ts';
import { clerkInvitations } from '../../clerk/invitations.ts';
import { actorOf, noun, revisionOf, tenantOf } from '../noun.ts';
import type { OrganizationParts } from '../parts.ts';
import { invitationRoutes } from '../routes/invitations.routes.ts';

/** An organization's invitations. */
export const invitations = ({ page, clerk }: OrganizationParts) => {
  const sender = clerkInvitations(clerk);
  return noun(invitationRoutes, {
    listInvitations: ({ query, now, exchange, params }) =>
      page({
        use: { organizationId: params.organizationId, route: 'listInvitations' },
        query,
        now,
        parse: (text) => InvitationId.parse(text),
        positionOf: ({ id }) => id,
        after: (position, limit) => invitationsAfter(tenantOf(exchange).scope, position, limit, now),
      }),
    createInvitation: ({ body, now, exchange }) => {
      const { scope, organization } = tenantOf(exchange);
      return invite(scope, actorOf(exchange), body, organization.subscription.plan, sender, now);
    },
    revokeInvitation: ({ params, now, exchange }) => {
      const revocation = { invitationId: params.invitationId, revision: revisionOf(exchange) };
      return revoke(tenantOf(exchange).scope, actorOf(exchange), revocation, sender, now);
    },
    resendInvitation: ({ params, now, exchange }) =>
      resend(tenantOf(exchange).scope, actorOf(exchange), params.invitationId, sender, now),
  });
};
