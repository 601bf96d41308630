import { InvitationId, UserId } from '../../../domain/ids.ts';
import { invitationsAfter, invite, resend } from '../../../domain/invitation/invitation.service.ts';
import type { InvitationSender } from '../../../domain/invitation/invitation-sender.ts';
import { revoke } from '../../../domain/invitation/revocation.service.ts';
import { changeRole, removeUser, requireUser } from '../../../domain/user/membership.service.ts';
import { usersAfter } from '../../../domain/user/user.service.ts';
import { type HandlerTable, handle, revisionOf, tenantOf } from '../handler.ts';
import type { Pager } from '../paging.ts';
import { organizationRoutes } from '../routes/organization.routes.ts';

/** An organization's users and invitations. */
export const peopleHandlers = (sender: InvitationSender, page: Pager) =>
  ({
    listUsers: handle(organizationRoutes.listUsers, ({ query, now, exchange, params }) =>
      page({
        use: { organizationId: params.organizationId, route: 'listUsers' },
        query,
        now,
        parse: (text) => UserId.parse(text),
        positionOf: ({ userId }) => userId,
        after: (position, limit) => usersAfter(tenantOf(exchange).scope, position, limit),
      }),
    ),
    getUser: handle(organizationRoutes.getUser, ({ params, exchange }) =>
      requireUser(tenantOf(exchange).scope, params.userId),
    ),
    updateUser: handle(organizationRoutes.updateUser, ({ params, body, actor, now, exchange }) => {
      const change = { userId: params.userId, role: body.role, revision: revisionOf(exchange) };
      return changeRole(tenantOf(exchange).scope, actor, change, now);
    }),
    removeUser: handle(organizationRoutes.removeUser, async ({ params, actor, now, exchange }) => {
      const removal = { userId: params.userId, revision: revisionOf(exchange) };
      await removeUser(tenantOf(exchange).scope, actor, removal, now);
      return undefined;
    }),
    listInvitations: handle(organizationRoutes.listInvitations, ({ query, now, exchange, params }) =>
      page({
        use: { organizationId: params.organizationId, route: 'listInvitations' },
        query,
        now,
        parse: (text) => InvitationId.parse(text),
        positionOf: ({ id }) => id,
        after: (position, limit) => invitationsAfter(tenantOf(exchange).scope, position, limit, now),
      }),
    ),
    createInvitation: handle(organizationRoutes.createInvitation, ({ body, actor, now, exchange }) => {
      const { scope, organization } = tenantOf(exchange);
      return invite(scope, actor, body, organization.subscription.plan, sender, now);
    }),
    revokeInvitation: handle(organizationRoutes.revokeInvitation, ({ params, actor, now, exchange }) => {
      const revocation = { invitationId: params.invitationId, revision: revisionOf(exchange) };
      return revoke(tenantOf(exchange).scope, actor, revocation, sender, now);
    }),
    resendInvitation: handle(organizationRoutes.resendInvitation, ({ params, actor, now, exchange }) =>
      resend(tenantOf(exchange).scope, actor, params.invitationId, sender, now),
    ),
  }) satisfies HandlerTable;
