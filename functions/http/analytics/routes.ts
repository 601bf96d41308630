import * as z from 'zod/mini';
import {
  AnalyticsQuery,
  Breakdown,
  BreakdownQuery,
  Cohorts,
  Dashboard,
  OrganizationAnalytics,
  Overview,
  TeamAnalytics,
  Trend,
  TrendQuery,
} from '../../../domain/analytics/analytics.schema.ts';
import { TeamId, UserId } from '../../../domain/ids.ts';
import { Onboarding } from '../../../domain/organization/onboarding.schema.ts';
import {
  RequestedUsageRuns,
  UsageRunList,
  UsageRunQuery,
  UsageRunRequest,
} from '../../../domain/usage/run.schema.ts';
import { organizationParams as params, type Route } from '../route.ts';

/** The super admin's figures: across organizations, and the runs that compute them. */
export const platformAnalyticsRoutes = {
  getOverview: {
    method: 'GET',
    path: '/api/admin/analytics/overview',
    function: 'admin',
    access: { kind: 'platform', action: 'read', subject: 'Analytics' },
    summary:
      'Get the platform overview: figures compared with the previous 30 days, onboarding, organizations that need attention',
    status: 200,
    response: Overview,
  },
  getTrend: {
    method: 'GET',
    path: '/api/admin/analytics/trends',
    function: 'admin',
    access: { kind: 'platform', action: 'read', subject: 'Analytics' },
    summary: 'Get one metric of the platform by day, week or month, with the previous period',
    status: 200,
    query: TrendQuery,
    response: Trend,
  },
  getBreakdown: {
    method: 'GET',
    path: '/api/admin/analytics/breakdown',
    function: 'admin',
    access: { kind: 'platform', action: 'read', subject: 'Analytics' },
    summary: 'List the organizations with the highest value of a metric on a day',
    status: 200,
    query: BreakdownQuery,
    response: Breakdown,
  },
  getCohorts: {
    method: 'GET',
    path: '/api/admin/analytics/cohorts',
    function: 'admin',
    access: { kind: 'platform', action: 'read', subject: 'Analytics' },
    summary: 'Get how many organizations and users of each starting month were active in the months since',
    status: 200,
    response: Cohorts,
  },
  listUsageRuns: {
    method: 'GET',
    path: '/api/admin/usage/runs',
    function: 'admin',
    access: { kind: 'platform', action: 'list', subject: 'UsageSnapshot' },
    summary: 'List the latest usage jobs, or those that finalized certain days, newest first',
    status: 200,
    query: UsageRunQuery,
    response: UsageRunList,
  },
  requestUsageRuns: {
    method: 'POST',
    path: '/api/admin/usage/runs',
    function: 'admin',
    access: { kind: 'platform', action: 'create', subject: 'UsageSnapshot' },
    summary:
      'Start a usage job now: for today so far (`hour`), or to finalize yesterday or missed days (`day`)',
    status: 202,
    body: UsageRunRequest,
    response: RequestedUsageRuns,
  },
} as const satisfies Record<string, Route>;

/** Figures within an organization: the whole, a team, one user's work; and its onboarding. */
export const analyticsRoutes = {
  getOrganizationAnalytics: {
    method: 'GET',
    path: '/api/organizations/{organizationId}/analytics',
    function: 'organization',
    access: { kind: 'organization', action: 'read', subject: 'Analytics' },
    summary:
      'Get an organization’s overview: figures compared with the previous 30 days, KPIs by status, trends',
    status: 200,
    params,
    query: AnalyticsQuery,
    response: OrganizationAnalytics,
  },
  getTeamAnalytics: {
    method: 'GET',
    path: '/api/organizations/{organizationId}/teams/{teamId}/analytics',
    function: 'organization',
    access: { kind: 'organization', action: 'read', subject: 'Analytics', decides: 'handler' },
    summary: 'Get a team’s overview: members, KPIs by status with their latest values, check-in rate',
    status: 200,
    params: z.extend(params, { teamId: TeamId }),
    response: TeamAnalytics,
  },
  getDashboard: {
    method: 'GET',
    path: '/api/organizations/{organizationId}/users/{userId}/dashboard',
    function: 'organization',
    access: { kind: 'organization', action: 'read', subject: 'Analytics', decides: 'handler' },
    summary: 'Get a user’s own work: assigned KPIs, those due first, and their teams',
    status: 200,
    params: z.extend(params, { userId: UserId }),
    response: Dashboard,
  },
  getOnboarding: {
    method: 'GET',
    path: '/api/organizations/{organizationId}/onboarding',
    function: 'organization',
    access: { kind: 'organization', action: 'read', subject: 'Onboarding' },
    summary: 'Get the onboarding checklist of an organization',
    status: 200,
    params,
    response: Onboarding,
  },
} as const satisfies Record<string, Route>;
