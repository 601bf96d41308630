import { rulesFor } from '../../../domain/access/ability.ts';
import { landingPath } from '../../../domain/access/member.ts';
import type { OrganizationDependencies } from '../dependencies.ts';
import { membershipOf } from '../membership.ts';
import { resource } from '../resource.ts';
import { meRoutes } from './routes.ts';

/** Who the caller is; the first call after an invitation's acceptance makes them a member. */
export const me = (dependencies: OrganizationDependencies) =>
  resource(meRoutes, {
    getMe: async ({ caller: { identity, actor }, now, admit }) => {
      const membership = await membershipOf(identity, dependencies, actor, now);
      if (membership.status === 'pending')
        return { ...membership, userId: identity.userId, landingPath: '/welcome' };
      const { status, user, organization, profile } = membership;
      await admit(profile?.subscription.plan, user.role);
      return { status, user, organization, rules: rulesFor(user), landingPath: landingPath(user) };
    },
  });
