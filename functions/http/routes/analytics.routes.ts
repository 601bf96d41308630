import { Overview, Trend, TrendQuery } from '../../../domain/analytics/analytics.schema.ts';
import { UsageRunList, UsageRunQuery } from '../../../domain/usage/run.schema.ts';
import type { Route } from './route.ts';

/** The super admin's figures: of all organizations together, and of the runs that compute them. */
export const platformAnalyticsRoutes = {
  getOverview: {
    method: 'GET',
    path: '/api/admin/analytics/overview',
    function: 'admin',
    access: { kind: 'platform', action: 'read', subject: 'Analytics' },
    summary:
      'The platform at a glance: figures against 30 days earlier, onboarding, organizations to look at',
    status: 200,
    response: Overview,
  },
  getTrend: {
    method: 'GET',
    path: '/api/admin/analytics/trends',
    function: 'admin',
    access: { kind: 'platform', action: 'read', subject: 'Analytics' },
    summary: 'One metric of the platform by day, week or month, with the period before',
    status: 200,
    query: TrendQuery,
    response: Trend,
  },
  listUsageRuns: {
    method: 'GET',
    path: '/api/admin/usage/runs',
    function: 'admin',
    access: { kind: 'platform', action: 'list', subject: 'UsageSnapshot' },
    summary: 'The latest runs of the usage function, newest first',
    status: 200,
    query: UsageRunQuery,
    response: UsageRunList,
  },
} as const satisfies Record<string, Route>;
