import { queryOptions } from '@tanstack/react-query';
import type { OrganizationId, UserId } from '../../../domain/ids.ts';
import { personDataRoutes } from '../../../functions/http/person-data/routes.ts';
import type { CallApi } from '../../lib/api.ts';
import { ApiError } from '../../lib/api-error.ts';

/** Whose data it is. */
export interface Whose {
  readonly organizationId: OrganizationId;
  readonly userId: UserId;
}

/** How far the export of somebody's data is; null where there was none yet. */
export const personExportQuery = (api: CallApi, { organizationId, userId }: Whose) =>
  queryOptions({
    queryKey: ['person-data', organizationId, userId, 'export'],
    queryFn: ({ signal }) =>
      api(personDataRoutes.getPersonExport, { params: { organizationId, userId }, signal }).catch(
        (error: unknown) => {
          if (error instanceof ApiError && error.code === 'not_found') return null;
          throw error;
        },
      ),
  });
