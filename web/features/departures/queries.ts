import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { OrganizationId } from '../../../domain/ids.ts';
import { departureRoutes } from '../../../functions/http/departure/platform-routes.ts';
import { dataExportRoutes } from '../../../functions/http/departure/routes.ts';
import { paging } from '../../components/query-view.tsx';
import type { CallApi } from '../../lib/api.ts';

/** Query key of departures; changing one invalidates all. */
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

/** The progress of a leaving organization's export. */
export const exportQuery = (api: CallApi, organizationId: OrganizationId) =>
  queryOptions({
    queryKey: [...departuresKey, organizationId, 'export'],
    queryFn: ({ signal }) => api(dataExportRoutes.getDataExport, { params: { organizationId }, signal }),
    retry: false,
  });
