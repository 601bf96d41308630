import { rulesFor } from '../../../domain/access/ability.ts';
import { landingPath } from '../../../domain/access/member.ts';
import { required } from '../exchange.ts';
import { membershipOf } from '../membership.ts';
import { actorOf, noun } from '../noun.ts';
import type { OrganizationParts } from '../parts.ts';
import { meRoutes } from '../routes/me.routes.ts';

/** Who the caller is; the first call after an invitation's acceptance makes them a member. */
export const me = (parts: OrganizationParts) =>
  noun(meRoutes, {
    getMe: async ({ exchange, now }) => {
      const identity = required(exchange.identity, 'identity');
      const membership = await membershipOf(identity, parts, actorOf(exchange), now);
      if (membership.status === 'pending')
        return { ...membership, userId: identity.userId, landingPath: '/welcome' };
      const { status, user, organization, profile } = membership;
      await exchange.admit?.(profile?.subscription.plan, user.role);
      return { status, user, organization, rules: rulesFor(user), landingPath: landingPath(user) };
    },
  });
