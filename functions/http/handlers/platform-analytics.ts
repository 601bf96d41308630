import {
  organizationsBehind,
  platformOverview,
  platformTrend,
} from '../../../domain/analytics/platform-analytics.service.ts';
import { platformScope } from '../../../domain/table/scope.ts';
import { latestRuns } from '../../../domain/usage/run-records.service.ts';
import { requestRuns } from '../../../domain/usage/run-request.service.ts';
import { invokeLater } from '../../aws/lambda.ts';
import { actorOf, noun } from '../noun.ts';
import type { AdminParts } from '../parts.ts';
import { platformAnalyticsRoutes } from '../routes/analytics.routes.ts';

/** The super admin's figures. */
export const platformAnalytics = ({ plane, usageFunction }: AdminParts) => {
  const platform = platformScope(plane);
  const start = (task: object) => invokeLater(usageFunction, task);
  return noun(platformAnalyticsRoutes, {
    getOverview: ({ now }) => platformOverview(platform, now),
    getTrend: ({ query: { metric, by, ...period } }) => platformTrend(platform, metric, period, by),
    getBreakdown: ({ query: { metric, date } }) => organizationsBehind(plane, metric, date),
    listUsageRuns: async ({ query }) => ({ items: await latestRuns(platform, query.limit) }),
    requestUsageRuns: ({ body, now, exchange }) =>
      requestRuns(platform, actorOf(exchange), body.period, start, now),
  });
};
