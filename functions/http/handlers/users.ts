import { UserId } from '../../../domain/ids.ts';
import { changeRole, removeUser, requireUser } from '../../../domain/user/membership.service.ts';
import { usersAfter } from '../../../domain/user/user.service.ts';
import { actorOf, noun, revisionOf, tenantOf } from '../noun.ts';
import type { OrganizationParts } from '../parts.ts';
import { userRoutes } from '../routes/users.routes.ts';

/** An organization's users. */
export const users = ({ page }: OrganizationParts) =>
  noun(userRoutes, {
    listUsers: ({ query, now, exchange, params }) =>
      page({
        use: { organizationId: params.organizationId, route: 'listUsers' },
        query,
        now,
        parse: (text) => UserId.parse(text),
        positionOf: ({ userId }) => userId,
        after: (position, limit) => usersAfter(tenantOf(exchange).scope, position, limit),
      }),
    getUser: ({ params, exchange }) => requireUser(tenantOf(exchange).scope, params.userId),
    updateUser: ({ params, body, now, exchange }) => {
      const change = { userId: params.userId, role: body.role, revision: revisionOf(exchange) };
      return changeRole(tenantOf(exchange).scope, actorOf(exchange), change, now);
    },
    removeUser: async ({ params, now, exchange }) => {
      const removal = { userId: params.userId, revision: revisionOf(exchange) };
      await removeUser(tenantOf(exchange).scope, actorOf(exchange), removal, now);
      return undefined;
    },
  });
