import * as z from 'zod/mini';
import {
  AnalyticsQuery,
  Breakdown,
  BreakdownQuery,
  OrganizationAnalytics,
  Overview,
  Trend,
  TrendQuery,
} from '../../../domain/analytics/analytics.schema.ts';
import { Dashboard, TeamAnalytics } from '../../../domain/analytics/work.schema.ts';
import { TeamId, UserId } from '../../../domain/ids.ts';
import { Onboarding } from '../../../domain/onboarding/onboarding.schema.ts';
import {
  RequestedUsageRuns,
  UsageRunList,
  UsageRunQuery,
  UsageRunRequest,
} from '../../../domain/usage/run.schema.ts';
import { organizationParams as params, type Route } from '../route.ts';

/** The super admin's figures: of all organizations together, and of the runs that compute them. */
export const platformAnalyticsRoutes = {
  getOverview: {
    method: 'GET',
    path: '/api/admin/analytics/overview',
    function: 'admin',
    access: { kind: 'platform', action: 'read', subject: 'Analytics' },
    summary:
      'The platform at a glance: figures against the 30 days before, onboarding, organizations to look at',
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
  getBreakdown: {
    method: 'GET',
    path: '/api/admin/analytics/breakdown',
    function: 'admin',
    access: { kind: 'platform', action: 'read', subject: 'Analytics' },
    summary: 'The organizations behind a figure of a day: those with most of it, the highest first',
    status: 200,
    query: BreakdownQuery,
    response: Breakdown,
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
  requestUsageRuns: {
    method: 'POST',
    path: '/api/admin/usage/runs',
    function: 'admin',
    access: { kind: 'platform', action: 'create', subject: 'UsageSnapshot' },
    summary: 'Run the usage function now: for today so far (`hour`), or to close yesterday (`day`)',
    status: 202,
    body: UsageRunRequest,
    response: RequestedUsageRuns,
  },
} as const satisfies Record<string, Route>;

/** Figures inside an organization: of all of it, of a team, of one person's work; and its first steps. */
export const analyticsRoutes = {
  getOrganizationAnalytics: {
    method: 'GET',
    path: '/api/organizations/{organizationId}/analytics',
    function: 'organization',
    access: { kind: 'organization', action: 'read', subject: 'Analytics' },
    summary: 'An organization at a glance: figures against the 30 days before, KPIs by status, trends',
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
    summary:
      'A team at a glance: members, KPIs by status with their latest values, how well they are reported on',
    status: 200,
    params: z.extend(params, { teamId: TeamId }),
    response: TeamAnalytics,
  },
  getDashboard: {
    method: 'GET',
    path: '/api/organizations/{organizationId}/users/{userId}/dashboard',
    function: 'organization',
    access: { kind: 'organization', action: 'read', subject: 'Analytics', decides: 'handler' },
    summary: 'Somebody’s own work: assigned KPIs, what is due first, and their teams',
    status: 200,
    params: z.extend(params, { userId: UserId }),
    response: Dashboard,
  },
  getOnboarding: {
    method: 'GET',
    path: '/api/organizations/{organizationId}/onboarding',
    function: 'organization',
    access: { kind: 'organization', action: 'read', subject: 'Onboarding' },
    summary: 'The checklist of an organization’s first weeks, derived from what is there',
    status: 200,
    params,
    response: Onboarding,
  },
} as const satisfies Record<string, Route>;
