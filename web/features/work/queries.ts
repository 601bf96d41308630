import { queryOptions } from '@tanstack/react-query';
import type { OrganizationId, TeamId, UserId } from '../../../domain/ids.ts';
import { analyticsRoutes } from '../../../functions/http/analytics/routes.ts';
import type { CallApi } from '../../lib/api.ts';

// What is read of KPIs anywhere begins like this: a change of one makes all of it old.
const kpisKey = (organizationId: OrganizationId) => ['kpis', organizationId] as const;
export const workKeys = {
  all: kpisKey,
  dashboards: (organizationId: OrganizationId) => [...kpisKey(organizationId), 'dashboard'] as const,
  teams: (organizationId: OrganizationId) => [...kpisKey(organizationId), 'of-team'] as const,
};

/** Somebody's own work. */
export const dashboardQuery = (api: CallApi, organizationId: OrganizationId, userId: UserId) =>
  queryOptions({
    queryKey: [...workKeys.dashboards(organizationId), userId],
    queryFn: ({ signal }) =>
      api(analyticsRoutes.getDashboard, { params: { organizationId, userId }, signal }),
  });

/** A team's KPIs and how well they are reported on. */
export const teamAnalyticsQuery = (api: CallApi, organizationId: OrganizationId, teamId: TeamId) =>
  queryOptions({
    queryKey: [...workKeys.teams(organizationId), teamId],
    queryFn: ({ signal }) =>
      api(analyticsRoutes.getTeamAnalytics, { params: { organizationId, teamId }, signal }),
  });
