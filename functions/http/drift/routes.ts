import {
  DriftRunList,
  DriftRunQuery,
  DriftRunRequest,
  RequestedDriftRun,
} from '../../../domain/drift/drift.schema.ts';
import type { Route } from '../route.ts';

/** The comparison with Clerk, for the super admin. */
export const driftRoutes = {
  listDriftRuns: {
    method: 'GET',
    path: '/api/admin/drift/runs',
    function: 'admin',
    access: { kind: 'platform', action: 'list', subject: 'DriftRun' },
    summary: 'List the latest comparisons with Clerk, newest first, with the differences and their repairs',
    status: 200,
    query: DriftRunQuery,
    response: DriftRunList,
  },
  requestDriftRun: {
    method: 'POST',
    path: '/api/admin/drift/runs',
    function: 'admin',
    access: { kind: 'platform', action: 'create', subject: 'DriftRun' },
    summary: 'Compare with Clerk now; `dryRun` reports differences without repairing them',
    status: 202,
    refuses: ['conflict'],
    body: DriftRunRequest,
    response: RequestedDriftRun,
  },
} as const satisfies Record<string, Route>;
