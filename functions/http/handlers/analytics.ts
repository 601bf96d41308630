import { organizationAnalytics } from '../../../domain/analytics/organization-analytics.service.ts';
import { recently } from '../../../domain/analytics/period.ts';
import { dashboardOf, teamAnalytics } from '../../../domain/analytics/work.service.ts';
import type { UserId } from '../../../domain/ids.ts';
import { onboardingOf } from '../../../domain/onboarding/onboarding.service.ts';
import type { User } from '../../../domain/user/profile.schema.ts';
import { findUser } from '../../../domain/user/user.service.ts';
import type { Exchange } from '../exchange.ts';
import { noun, tenantOf } from '../noun.ts';
import { permit, unseen } from '../permit.ts';
import { analyticsRoutes } from '../routes/analytics.routes.ts';

/** Figures inside an organization, and its first steps. */
export const analytics = () =>
  noun(analyticsRoutes, {
    getOrganizationAnalytics: ({ query: { from, to, by }, now, exchange }) => {
      const period = from === undefined || to === undefined ? recently(now) : { from, to };
      return organizationAnalytics(tenantOf(exchange).scope, period, by, now);
    },
    getTeamAnalytics: ({ params: { teamId }, now, exchange }) => {
      permit(exchange, { teamId }, 'Team');
      return teamAnalytics(tenantOf(exchange).scope, teamId, now);
    },
    getDashboard: ({ params: { userId }, now, exchange }) =>
      dashboardOf(tenantOf(exchange).scope, userId, permittedUser(exchange, userId), now),
    getOnboarding: ({ now, exchange }) => {
      const { scope, organization } = tenantOf(exchange);
      return onboardingOf(scope, organization, now);
    },
  });

/** The user, once the rules allow their dashboard. Throws `not_found` for who isn't there or may not be seen. */
async function permittedUser(exchange: Exchange, userId: UserId): Promise<User> {
  const { scope, member } = tenantOf(exchange);
  const own = member.userId === userId && member.organizationId === scope.organizationId;
  const user = own ? member : await findUser(scope, userId);
  if (user === null) throw unseen();
  permit(exchange, { userId, teamIds: Object.keys(user.teams) }, 'User');
  return user;
}
