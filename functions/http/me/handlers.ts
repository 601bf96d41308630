import { rulesFor } from '../../../domain/access/ability.ts';
import { landingPath } from '../../../domain/access/member.ts';
import type { OrganizationDependencies } from '../dependencies.ts';
import { readMember } from '../read-member.ts';
import { resource } from '../resource.ts';
import { meRoutes } from './routes.ts';

/** The caller's own profile. The first call after accepting an invitation makes them a member. */
export const me = (dependencies: OrganizationDependencies) =>
  resource(meRoutes, {
    getMe: async ({ caller, now, admit }) => {
      const member = await readMember(caller, dependencies, now);
      if (member.status === 'pending')
        return { ...member, userId: caller.identity.userId, landingPath: '/welcome' };
      const { status, user, organization, profile } = member;
      await admit(profile?.subscription.plan, user.role);
      return { status, user, organization, rules: rulesFor(user), landingPath: landingPath(user) };
    },
  });
