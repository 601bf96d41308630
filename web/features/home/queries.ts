import { type QueryClient, queryOptions, useQueryClient } from '@tanstack/react-query';
import type { Dashboard, TeamAnalytics } from '../../../domain/analytics/analytics.schema.ts';
import { newCheckInId, type OrganizationId, type TeamId, type UserId } from '../../../domain/ids.ts';
import type { NewCheckIn } from '../../../domain/kpi/check-in.schema.ts';
import { isDue, standOf } from '../../../domain/kpi/due.schema.ts';
import type { Kpi } from '../../../domain/kpi/kpi.schema.ts';
import { progressOf, statusOf } from '../../../domain/kpi/kpi-status.schema.ts';
import { analyticsRoutes } from '../../../functions/http/analytics/routes.ts';
import { checkInRoutes } from '../../../functions/http/check-in/routes.ts';
import type { CallApi } from '../../lib/api.ts';
import { useChange } from '../../lib/change.ts';
import { kpisKey } from '../../lib/queries.ts';
import { useSession } from '../../lib/session.tsx';

const workKeys = {
  all: kpisKey,
  dashboards: (organizationId: OrganizationId) => [...kpisKey(organizationId), 'dashboard'] as const,
  teams: (organizationId: OrganizationId) => [...kpisKey(organizationId), 'of-team'] as const,
};

/** A user's own work. */
export const dashboardQuery = (api: CallApi, organizationId: OrganizationId, userId: UserId) =>
  queryOptions({
    queryKey: [...workKeys.dashboards(organizationId), userId],
    queryFn: ({ signal }) =>
      api(analyticsRoutes.getDashboard, { params: { organizationId, userId }, signal }),
  });

/** A team's KPIs and its reporting discipline. */
export const teamAnalyticsQuery = (api: CallApi, organizationId: OrganizationId, teamId: TeamId) =>
  queryOptions({
    queryKey: [...workKeys.teams(organizationId), teamId],
    queryFn: ({ signal }) =>
      api(analyticsRoutes.getTeamAnalytics, { params: { organizationId, teamId }, signal }),
  });

/** Predicts the KPI after a check-in, by the server's own rules (optimistic update). */
function reported(kpi: Kpi, value: number, now: Date): Kpi {
  const latest = { value, at: now.toISOString(), checkInId: newCheckInId(now, now) };
  return { ...kpi, latest, status: statusOf(kpi, latest, now), progress: progressOf(kpi, latest) };
}

function inDashboard(dashboard: Dashboard, kpi: Kpi, now: Date): Dashboard {
  const items = dashboard.items.map((item) =>
    item.kpi.id === kpi.id ? { kpi, due: isDue(kpi, now) } : item,
  );
  const recent = dashboard.recent.filter(({ kpiId }) => kpiId !== kpi.id);
  const { id: kpiId, name, unit, latest } = kpi;
  return {
    ...dashboard,
    ...standOf(
      items.map((item) => item.kpi),
      now,
    ),
    items,
    recent: latest === null ? recent : [{ kpiId, name, unit, value: latest.value, at: latest.at }, ...recent],
  };
}

function inTeam(team: TeamAnalytics, kpi: Kpi, now: Date): TeamAnalytics {
  const items = team.items.map((item) => (item.kpi.id === kpi.id ? { ...item, kpi } : item));
  return {
    ...team,
    ...standOf(
      items.map((item) => item.kpi),
      now,
    ),
    items,
  };
}

/** Updates a KPI in every cached query. */
function show(queries: QueryClient, kpi: Kpi, now: Date): void {
  const { organizationId } = kpi;
  queries.setQueriesData<Dashboard>(
    { queryKey: workKeys.dashboards(organizationId) },
    (dashboard) => dashboard && inDashboard(dashboard, kpi, now),
  );
  queries.setQueriesData<TeamAnalytics>(
    { queryKey: workKeys.teams(organizationId) },
    (team) => team && inTeam(team, kpi, now),
  );
}

/** Sends a check-in with an optimistic update, which is rolled back if the server refuses it. */
export function useQuickCheckIn(kpi: Kpi) {
  const { api } = useSession();
  const queries = useQueryClient();
  const { organizationId, id: kpiId } = kpi;
  const mutationKey = ['check-in', organizationId];
  return useChange({
    mutationKey,
    mutationFn: (body: NewCheckIn, key) =>
      api(checkInRoutes.createCheckIn, { params: { organizationId, kpiId }, body, key }),
    onMutate: async ({ value }) => {
      // A response in flight doesn't contain the new value yet.
      await queries.cancelQueries({ queryKey: workKeys.all(organizationId) });
      const now = new Date();
      show(queries, reported(kpi, value, now), now);
      return kpi;
    },
    onError: (_error, _body, before) => {
      if (before !== undefined) show(queries, before, new Date());
    },
    onSettled: async () => {
      // Only the last of several concurrent check-ins refetches, so that pending ones aren't reverted on
      // screen.
      if (queries.isMutating({ mutationKey }) > 1) return;
      await queries.invalidateQueries({ queryKey: workKeys.all(organizationId) });
    },
  });
}
