import { queryOptions } from '@tanstack/react-query';
import type { OrganizationId, UserId } from '../../../domain/ids.ts';
import { personDataRoutes } from '../../../functions/http/person-data/routes.ts';
import type { CallApi } from '../../lib/api.ts';
import { ApiError } from '../../lib/api-error.ts';

/** The data subject. */
export interface Whose {
  readonly organizationId: OrganizationId;
  readonly userId: UserId;
}

/** Turns `not_found` into null. */
async function orNull<Found>(asking: Promise<Found>): Promise<Found | null> {
  return await asking.catch((error: unknown) => {
    if (error instanceof ApiError && error.code === 'not_found') return null;
    throw error;
  });
}

/** The state of a person's erasure; null if none was requested. */
export const erasureQuery = (api: CallApi, { organizationId, userId }: Whose) =>
  queryOptions({
    queryKey: ['person-data', organizationId, userId, 'erasure'],
    queryFn: ({ signal }) =>
      orNull(api(personDataRoutes.getErasure, { params: { organizationId, userId }, signal })),
  });

/** The state of a person's export; null if there is none yet. */
export const personExportQuery = (api: CallApi, { organizationId, userId }: Whose) =>
  queryOptions({
    queryKey: ['person-data', organizationId, userId, 'export'],
    queryFn: ({ signal }) =>
      orNull(api(personDataRoutes.getPersonExport, { params: { organizationId, userId }, signal })),
  });
