import * as z from 'zod/mini';
import { CheckInId, KpiId } from '../../../domain/ids.ts';
import {
  CheckIn,
  CheckInChange,
  CheckInListQuery,
  CheckInPage,
  NewCheckIn,
} from '../../../domain/kpi/check-in.schema.ts';
import { Kpi, KpiChange, KpiListQuery, KpiPage, NewKpi } from '../../../domain/kpi/kpi.schema.ts';
import { organizationParams as params } from './params.ts';
import type { Route } from './route.ts';

const kpiParams = z.extend(params, { kpiId: KpiId });

/**
 * An organization's KPIs. Who may do what depends on whose a KPI is, so that the handler decides once it has
 * read it.
 */
export const kpiRoutes = {
  listKpis: {
    method: 'GET',
    path: '/api/organizations/{organizationId}/kpis',
    function: 'organization',
    access: { kind: 'organization', action: 'list', subject: 'Kpi' },
    summary: 'List the KPIs that the caller may see, newest first',
    status: 200,
    params,
    query: KpiListQuery,
    response: KpiPage,
  },
  createKpi: {
    method: 'POST',
    path: '/api/organizations/{organizationId}/kpis',
    function: 'organization',
    access: { kind: 'organization', action: 'create', subject: 'Kpi', decides: 'handler' },
    summary: 'Create a KPI of a team, or of a person, who counts as assigned to it',
    status: 201,
    params,
    body: NewKpi,
    response: Kpi,
    refuses: ['entitlement_exceeded'],
  },
  getKpi: {
    method: 'GET',
    path: '/api/organizations/{organizationId}/kpis/{kpiId}',
    function: 'organization',
    access: { kind: 'organization', action: 'read', subject: 'Kpi', decides: 'handler' },
    summary: 'Read one KPI with its status',
    status: 200,
    params: kpiParams,
    response: Kpi,
  },
  updateKpi: {
    method: 'PATCH',
    path: '/api/organizations/{organizationId}/kpis/{kpiId}',
    function: 'organization',
    access: { kind: 'organization', action: 'update', subject: 'Kpi', decides: 'handler' },
    summary: 'Change a KPI, its owner and its assignees included',
    status: 200,
    params: kpiParams,
    body: KpiChange,
    response: Kpi,
  },
  deleteKpi: {
    method: 'DELETE',
    path: '/api/organizations/{organizationId}/kpis/{kpiId}',
    function: 'organization',
    access: { kind: 'organization', action: 'delete', subject: 'Kpi', decides: 'handler' },
    summary: 'Delete a KPI; its check-ins go with it',
    status: 204,
    params: kpiParams,
  },
} as const satisfies Record<string, Route>;

/** The values reported on a KPI. */
export const checkInRoutes = {
  listCheckIns: {
    method: 'GET',
    path: '/api/organizations/{organizationId}/kpis/{kpiId}/check-ins',
    function: 'organization',
    access: { kind: 'organization', action: 'list', subject: 'CheckIn', decides: 'handler' },
    summary: 'List the check-ins of a KPI, those for the latest times first',
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
    summary: 'Report a value of a KPI, for now or for a time gone by',
    status: 201,
    params: kpiParams,
    body: NewCheckIn,
    response: CheckIn,
  },
  correctCheckIn: {
    method: 'PATCH',
    path: '/api/organizations/{organizationId}/kpis/{kpiId}/check-ins/{checkInId}',
    function: 'organization',
    access: { kind: 'organization', action: 'update', subject: 'CheckIn', decides: 'handler' },
    summary: 'Correct the value or the note of a check-in',
    status: 200,
    params: z.extend(kpiParams, { checkInId: CheckInId }),
    body: CheckInChange,
    response: CheckIn,
  },
} as const satisfies Record<string, Route>;
