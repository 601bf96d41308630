import { platformOverview, platformTrend } from '../../../domain/analytics/platform-analytics.service.ts';
import { platformScope } from '../../../domain/table/scope.ts';
import { latestRuns } from '../../../domain/usage/run-records.service.ts';
import { noun } from '../noun.ts';
import type { AdminParts } from '../parts.ts';
import { platformAnalyticsRoutes } from '../routes/analytics.routes.ts';

/** The super admin's figures. */
export const platformAnalytics = ({ plane }: AdminParts) => {
  const platform = platformScope(plane);
  return noun(platformAnalyticsRoutes, {
    getOverview: ({ now }) => platformOverview(platform, now),
    getTrend: ({ query: { metric, by, ...period } }) => platformTrend(platform, metric, period, by),
    listUsageRuns: async ({ query }) => ({ items: await latestRuns(platform, query.limit) }),
  });
};
