import { landingPath, rulesFor } from '../../../domain/access/ability.ts';
import type { OpenOrganization } from '../../../domain/table/scope.ts';
import { required } from '../exchange.ts';
import { type HandlerTable, handle } from '../handler.ts';
import { membershipOf } from '../membership.ts';
import { organizationRoutes } from '../routes/organization.routes.ts';

/** Who the caller is; the first call after an invitation's acceptance makes them a member. */
export const meHandlers = (open: OpenOrganization) =>
  ({
    getMe: handle(organizationRoutes.getMe, async ({ exchange, actor, now }) => {
      const identity = required(exchange.identity, 'identity');
      const membership = await membershipOf(identity, open, actor, now);
      if (membership.status === 'pending')
        return { ...membership, userId: identity.userId, landingPath: '/welcome' };
      const { user } = membership;
      return { ...membership, rules: rulesFor(user), landingPath: landingPath(user) };
    }),
  }) satisfies HandlerTable;
