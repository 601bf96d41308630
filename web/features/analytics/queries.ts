import { queryOptions } from '@tanstack/react-query';
import type { Comparison, GrainAsked } from '../../../domain/analytics/analytics.schema.ts';
import type { OrganizationId } from '../../../domain/ids.ts';
import type { OrganizationMetric, PlatformMetric } from '../../../domain/usage/metric.schema.ts';
import { analyticsRoutes, platformAnalyticsRoutes } from '../../../functions/http/analytics/routes.ts';
import type { CallApi } from '../../lib/api.ts';

const freshMilliseconds = 60_000;

/** Figures change hourly, so data of a minute ago is fresh enough. */
const common = { staleTime: freshMilliseconds };

export const overviewQuery = (api: CallApi) =>
  queryOptions({
    ...common,
    queryKey: ['analytics', 'overview'],
    queryFn: ({ signal }) => api(platformAnalyticsRoutes.getOverview, { signal }),
  });

export interface TrendAsked {
  readonly metric: PlatformMetric;
  readonly from: string;
  readonly to: string;
  readonly by: GrainAsked;
  readonly compare: Comparison;
}

export const trendQuery = (api: CallApi, query: TrendAsked) =>
  queryOptions({
    ...common,
    queryKey: ['analytics', 'trend', query],
    queryFn: ({ signal }) => api(platformAnalyticsRoutes.getTrend, { query, signal }),
  });

/** The organizations behind one day's figure. */
export const behindQuery = (
  api: CallApi,
  query: { readonly metric: OrganizationMetric; readonly date: string },
) =>
  queryOptions({
    ...common,
    queryKey: ['analytics', 'behind', query],
    queryFn: ({ signal }) => api(platformAnalyticsRoutes.getBreakdown, { query, signal }),
  });

type PeriodQuery = Partial<Omit<TrendAsked, 'metric'>>;

/** One organization's figures; without a period, with the trends of 30 days. */
export const organizationQuery = (api: CallApi, organizationId: OrganizationId, query: PeriodQuery) =>
  queryOptions({
    ...common,
    queryKey: ['analytics', organizationId, query],
    queryFn: ({ signal }) =>
      api(analyticsRoutes.getOrganizationAnalytics, { params: { organizationId }, query, signal }),
  });

/** The latest usage runs, or those of certain days. */
export const runsQuery = (api: CallApi, days?: { readonly from: string; readonly to: string }) =>
  queryOptions({
    queryKey: ['analytics', 'runs', ...(days === undefined ? [] : [days])],
    queryFn: ({ signal }) =>
      api(platformAnalyticsRoutes.listUsageRuns, { query: { limit: 100, ...days }, signal }),
  });
