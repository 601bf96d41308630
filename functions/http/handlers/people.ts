import { InvitationId, UserId } from '../../../domain/ids.ts';
import { invitationsAfter, invite, resend } from '../../../domain/invitation/invitation.service.ts';
import type { InvitationSender } from '../../../domain/invitation/invitation-sender.ts';
import { usersAfter } from '../../../domain/user/user.service.ts';
import { type HandlerTable, handle, tenantOf } from '../handler.ts';
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
    createInvitation: handle(organizationRoutes.createInvitation, ({ body, actor, now, exchange }) =>
      invite(tenantOf(exchange).scope, actor, body, sender, now),
    ),
    resendInvitation: handle(organizationRoutes.resendInvitation, ({ params, actor, now, exchange }) =>
      resend(tenantOf(exchange).scope, actor, params.invitationId, sender, now),
    ),
  }) satisfies HandlerTable;
