import * as z from 'zod/mini';
import { KpiId } from '../../../domain/ids.ts';
import {
  Kpi,
  KpiChange,
  KpiListQuery,
  KpiPage,
  NewConfidence,
  NewKpi,
} from '../../../domain/kpi/kpi.schema.ts';
import { organizationParams as params, type Route } from '../route.ts';

const kpiParams = z.extend(params, { kpiId: KpiId });

/** An organization's KPIs. Rights depend on a KPI's owner, so the handler decides after reading it. */
export const kpiRoutes = {
  listKpis: {
    method: 'GET',
    path: '/api/organizations/{organizationId}/kpis',
    function: 'organization',
    access: { kind: 'organization', action: 'list', subject: 'Kpi' },
    summary: 'List the KPIs that the caller can see, newest first',
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
    summary: 'Create a KPI owned by a team or a person; an owner also counts as assigned',
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
    summary: 'Get a KPI with its status',
    status: 200,
    params: kpiParams,
    response: Kpi,
  },
  updateKpi: {
    method: 'PATCH',
    path: '/api/organizations/{organizationId}/kpis/{kpiId}',
    function: 'organization',
    access: { kind: 'organization', action: 'update', subject: 'Kpi', decides: 'handler' },
    summary: 'Update a KPI, including its owner and assignees',
    status: 200,
    params: kpiParams,
    body: KpiChange,
    response: Kpi,
  },
  assessKpi: {
    method: 'POST',
    path: '/api/organizations/{organizationId}/kpis/{kpiId}/confidence',
    function: 'organization',
    access: { kind: 'organization', action: 'create', subject: 'CheckIn', decides: 'handler' },
    summary:
      'Set the confidence in a KPI’s outcome, next to its status; `null` removes it. For users who can check in',
    status: 200,
    params: kpiParams,
    body: NewConfidence,
    example: { level: 'at_risk', note: 'Two wards are closed until May.' },
    response: Kpi,
  },
  deleteKpi: {
    method: 'DELETE',
    path: '/api/organizations/{organizationId}/kpis/{kpiId}',
    function: 'organization',
    access: { kind: 'organization', action: 'delete', subject: 'Kpi', decides: 'handler' },
    summary: 'Delete a KPI with its check-ins, initiatives and comments',
    status: 204,
    params: kpiParams,
  },
} as const satisfies Record<string, Route>;
