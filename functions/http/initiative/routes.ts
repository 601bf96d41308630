import * as z from 'zod/mini';
import { KpiId, TeamId } from '../../../domain/ids.ts';
import {
  Initiative,
  InitiativeChange,
  InitiativeId,
  InitiativeListQuery,
  InitiativePage,
  NewInitiative,
} from '../../../domain/initiative/initiative.schema.ts';
import { organizationParams, type Route } from '../route.ts';

const ofKpi = z.extend(organizationParams, { kpiId: KpiId });
const params = z.extend(ofKpi, { initiativeId: InitiativeId });

/** Initiatives: what teams do to move their KPIs. Rights depend on the KPI's owner. */
export const initiativeRoutes = {
  listInitiatives: {
    method: 'GET',
    path: '/api/organizations/{organizationId}/kpis/{kpiId}/initiatives',
    function: 'organization',
    access: { kind: 'organization', action: 'list', subject: 'Initiative', decides: 'handler' },
    summary: 'List the initiatives of a KPI, newest first',
    status: 200,
    params: ofKpi,
    query: InitiativeListQuery,
    response: InitiativePage,
  },
  listTeamInitiatives: {
    method: 'GET',
    path: '/api/organizations/{organizationId}/teams/{teamId}/initiatives',
    function: 'organization',
    access: { kind: 'organization', action: 'list', subject: 'Initiative', decides: 'handler' },
    summary: 'List the initiatives of a team’s KPIs, newest first',
    status: 200,
    params: z.extend(organizationParams, { teamId: TeamId }),
    query: InitiativeListQuery,
    response: InitiativePage,
  },
  createInitiative: {
    method: 'POST',
    path: '/api/organizations/{organizationId}/kpis/{kpiId}/initiatives',
    function: 'organization',
    access: { kind: 'organization', action: 'create', subject: 'Initiative', decides: 'handler' },
    summary: 'Create an initiative for a KPI',
    status: 201,
    params: ofKpi,
    body: NewInitiative,
    example: { title: 'Ward rounds by ten', ownerId: 'user_2xA9kLmP0qRsTuVwXyZ', dueDate: '2026-12-15' },
    response: Initiative,
  },
  getInitiative: {
    method: 'GET',
    path: '/api/organizations/{organizationId}/kpis/{kpiId}/initiatives/{initiativeId}',
    function: 'organization',
    access: { kind: 'organization', action: 'read', subject: 'Initiative', decides: 'handler' },
    summary: 'Get an initiative',
    status: 200,
    params,
    response: Initiative,
  },
  updateInitiative: {
    method: 'PATCH',
    path: '/api/organizations/{organizationId}/kpis/{kpiId}/initiatives/{initiativeId}',
    function: 'organization',
    access: { kind: 'organization', action: 'update', subject: 'Initiative', decides: 'handler' },
    summary: 'Update an initiative; its owner can update the status; `null` removes the notes',
    status: 200,
    params,
    body: InitiativeChange,
    example: { status: 'done' },
    response: Initiative,
  },
  deleteInitiative: {
    method: 'DELETE',
    path: '/api/organizations/{organizationId}/kpis/{kpiId}/initiatives/{initiativeId}',
    function: 'organization',
    access: { kind: 'organization', action: 'delete', subject: 'Initiative', decides: 'handler' },
    summary: 'Delete an initiative',
    status: 204,
    params,
  },
} as const satisfies Record<string, Route>;
