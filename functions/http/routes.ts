import { accessRoutes } from './access/routes.ts';
import { analyticsRoutes, platformAnalyticsRoutes } from './analytics/routes.ts';
import { auditFeedRoutes, auditRoutes } from './audit/routes.ts';
import { checkInRoutes } from './check-in/routes.ts';
import { invitationRoutes } from './invitation/routes.ts';
import { kpiRoutes } from './kpi/routes.ts';
import { meRoutes } from './me/routes.ts';
import { organizationsRoutes } from './organization/platform-routes.ts';
import { organizationRoutes } from './organization/routes.ts';
import { referenceRoutes } from './reference/routes.ts';
import { teamRoutes } from './team/routes.ts';
import { usageRoutes } from './usage/routes.ts';
import { userRoutes } from './user/routes.ts';
import { publicRoutes } from './webhook/routes.ts';

/**
 * The route table: the only source of the API. The HTTP API's routes, the typed client and the isolation
 * matrix derive from it; a path that is not in it does not exist. The functions themselves load it resource
 * by resource, see `find-route.ts`.
 */
export const routes = {
  ...publicRoutes,
  ...meRoutes,
  ...referenceRoutes,
  ...organizationsRoutes,
  ...organizationRoutes,
  ...userRoutes,
  ...invitationRoutes,
  ...teamRoutes,
  ...kpiRoutes,
  ...checkInRoutes,
  ...usageRoutes,
  ...platformAnalyticsRoutes,
  ...accessRoutes,
  ...analyticsRoutes,
  ...auditRoutes,
  ...auditFeedRoutes,
};
