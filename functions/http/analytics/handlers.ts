import { deriveOnboarding } from '../../../domain/analytics/derive-onboarding.ts';
import {
  dashboardOf,
  organizationAnalytics,
  teamAnalytics,
} from '../../../domain/analytics/organization-analytics.ts';
import type { UserId } from '../../../domain/ids.ts';
import { findUser } from '../../../domain/user/find-user.ts';
import type { User } from '../../../domain/user/profile.schema.ts';
import { type Authorizing, resource } from '../resource.ts';
import { notFound } from '../steps/authorize.ts';
import { analyticsRoutes } from './routes.ts';

/** Figures within an organization, and its onboarding. */
export const analytics = () =>
  resource(analyticsRoutes, {
    getOrganizationAnalytics: ({ ctx: { scope, now }, query }) => organizationAnalytics(scope, query, now),
    getTeamAnalytics: async ({ ctx: { scope, now }, params: { teamId }, assertCan }) => {
      assertCan({ teamId }, 'Team');
      return await teamAnalytics(scope, teamId, now);
    },
    getDashboard: ({ ctx, assertCan, member, params: { userId } }) =>
      dashboardOf(ctx.scope, userId, permittedUser({ ctx, assertCan }, member, userId), ctx.now),
    getOnboarding: ({ ctx: { scope, now }, organization }) => deriveOnboarding(scope, organization, now),
  });

/** The user, if the caller may see their dashboard. Throws `not_found` otherwise. */
async function permittedUser(
  { ctx: { scope }, assertCan }: Authorizing,
  member: User,
  userId: UserId,
): Promise<User> {
  const own = member.userId === userId && member.organizationId === scope.organizationId;
  const user = own ? member : await findUser(scope, userId);
  if (user === null) throw notFound();
  assertCan({ userId, teamIds: Object.keys(user.teams) }, 'User');
  return user;
}
