import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { OrganizationId } from '../../../domain/ids.ts';
import { departureRoutes } from '../../../functions/http/departure/platform-routes.ts';
import { dataExportRoutes } from '../../../functions/http/departure/routes.ts';
import { paging } from '../../components/query-view.tsx';
import type { CallApi } from '../../lib/api.ts';

/** Everything that is known of departures; a change of one makes all of it old. */
const departuresKey = ['departures'] as const;

export const departuresQuery = (api: CallApi) =>
  infiniteQueryOptions({
    ...paging,
    queryKey: [...departuresKey, 'list'],
    queryFn: ({ pageParam: cursor, signal }) =>
      api(departureRoutes.listDepartures, { query: { cursor }, signal }),
  });

export const departureQuery = (api: CallApi, organizationId: OrganizationId) =>
  queryOptions({
    queryKey: [...departuresKey, organizationId],
    queryFn: ({ signal }) => api(departureRoutes.getDeparture, { params: { organizationId }, signal }),
  });

/** How far the export of an organization that leaves is. */
export const exportQuery = (api: CallApi, organizationId: OrganizationId) =>
  queryOptions({
    queryKey: [...departuresKey, organizationId, 'export'],
    queryFn: ({ signal }) => api(dataExportRoutes.getDataExport, { params: { organizationId }, signal }),
    retry: false,
  });
