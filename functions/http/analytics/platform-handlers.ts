import {
  organizationsBehind,
  platformOverview,
  platformTrend,
} from '../../../domain/analytics/platform-analytics.service.ts';
import { latestRuns } from '../../../domain/usage/run-records.service.ts';
import { requestRuns } from '../../../domain/usage/run-request.service.ts';
import { invokeLater } from '../../aws/lambda.ts';
import type { AdminDependencies } from '../dependencies.ts';
import { resource } from '../resource.ts';
import { platformAnalyticsRoutes } from './routes.ts';

/** The super admin's figures. */
export const platformAnalytics = ({ plane, usageFunction }: AdminDependencies) => {
  const start = (task: object) => invokeLater(usageFunction, task);
  return resource(platformAnalyticsRoutes, {
    getOverview: ({ ctx: { scope, now } }) => platformOverview(scope, now),
    getTrend: ({ ctx: { scope }, query: { metric, by, ...period } }) =>
      platformTrend(scope, metric, period, by),
    getBreakdown: ({ query: { metric, date } }) => organizationsBehind(plane, metric, date),
    listUsageRuns: async ({ ctx: { scope }, query }) => ({ items: await latestRuns(scope, query.limit) }),
    requestUsageRuns: ({ ctx: { scope, actor, now }, body }) =>
      requestRuns(scope, actor, body.period, start, now),
  });
};
