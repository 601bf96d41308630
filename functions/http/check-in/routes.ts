import * as z from 'zod/mini';
import { CheckInId, KpiId } from '../../../domain/ids.ts';
import {
  BulkCheckInQuery,
  BulkCheckInResult,
  BulkCheckIns,
  CheckIn,
  CheckInChange,
  CheckInListQuery,
  CheckInPage,
  NewCheckIn,
} from '../../../domain/kpi/check-in.schema.ts';
import { organizationParams, type Route } from '../route.ts';

const kpiParams = z.extend(organizationParams, { kpiId: KpiId });

/** Check-ins: the values reported for a KPI. */
export const checkInRoutes = {
  listCheckIns: {
    method: 'GET',
    path: '/api/organizations/{organizationId}/kpis/{kpiId}/check-ins',
    function: 'organization',
    access: { kind: 'organization', action: 'list', subject: 'CheckIn', decides: 'handler' },
    summary: 'List the check-ins of a KPI, latest first',
    status: 200,
    params: kpiParams,
    query: CheckInListQuery,
    response: CheckInPage,
  },
  createCheckIn: {
    method: 'POST',
    path: '/api/organizations/{organizationId}/kpis/{kpiId}/check-ins',
    function: 'organization',
    access: { kind: 'organization', action: 'create', subject: 'CheckIn', decides: 'handler' },
    summary: 'Check in on a KPI, for now or for a time in the past',
    status: 201,
    params: kpiParams,
    body: NewCheckIn,
    response: CheckIn,
  },
  checkInMany: {
    method: 'POST',
    path: '/api/organizations/{organizationId}/kpis/check-ins/bulk',
    function: 'organization',
    access: { kind: 'organization', action: 'create', subject: 'CheckIn', decides: 'handler' },
    summary:
      'Check in up to 500 values at once, with a result for each line; `dryRun=true` only previews the results',
    status: 200,
    params: organizationParams,
    query: BulkCheckInQuery,
    body: BulkCheckIns,
    response: BulkCheckInResult,
  },
  correctCheckIn: {
    method: 'PATCH',
    path: '/api/organizations/{organizationId}/kpis/{kpiId}/check-ins/{checkInId}',
    function: 'organization',
    access: { kind: 'organization', action: 'update', subject: 'CheckIn', decides: 'handler' },
    summary: 'Correct the value or comment of a check-in',
    status: 200,
    params: z.extend(kpiParams, { checkInId: CheckInId }),
    body: CheckInChange,
    response: CheckIn,
  },
  undoCheckIn: {
    method: 'DELETE',
    path: '/api/organizations/{organizationId}/kpis/{kpiId}/check-ins/{checkInId}',
    function: 'organization',
    access: { kind: 'organization', action: 'delete', subject: 'CheckIn', decides: 'handler' },
    summary: 'Undo a check-in that the caller made within the last 10 minutes',
    status: 204,
    params: z.extend(kpiParams, { checkInId: CheckInId }),
    refuses: ['conflict'],
  },
} as const satisfies Record<string, Route>;
