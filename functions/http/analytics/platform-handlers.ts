import {
  organizationsBehind,
  platformCohorts,
  platformOverview,
  platformTrend,
} from '../../../domain/analytics/platform-analytics.ts';
import { requestUsageRuns } from '../../../domain/usage/request-usage-runs.ts';
import { latestRuns, runsOfDays } from '../../../domain/usage/usage-runs.ts';
import { invokeLater } from '../../aws/lambda.ts';
import type { AdminDependencies } from '../dependencies.ts';
import { resource } from '../resource.ts';
import { platformAnalyticsRoutes } from './routes.ts';

/** The super admin's figures. */
export const platformAnalytics = ({ plane, usageFunction }: AdminDependencies) => {
  const start = (task: object) => invokeLater(usageFunction, task);
  return resource(platformAnalyticsRoutes, {
    getOverview: ({ ctx: { scope, now } }) => platformOverview(scope, now),
    getTrend: ({ ctx: { scope }, query }) => platformTrend(scope, query),
    getBreakdown: ({ query: { metric, date } }) => organizationsBehind(plane, metric, date),
    getCohorts: ({ ctx: { scope, now } }) => platformCohorts(scope, now),
    listUsageRuns: async ({ ctx: { scope }, query }) => {
      const { from, to, limit } = query;
      const isRange = from !== undefined && to !== undefined;
      return { items: isRange ? await runsOfDays(scope, from, to) : await latestRuns(scope, limit) };
    },
    requestUsageRuns: ({ ctx, body }) => requestUsageRuns(ctx, { ...body, start }),
  });
};
