import { AuditListQuery, AuditPage } from '../../../domain/audit/audit.schema.ts';
import { organizationParams as params } from './params.ts';
import type { Route } from './route.ts';

/** An organization's audit trail. */
export const auditRoutes = {
  listAuditEntries: {
    method: 'GET',
    path: '/api/organizations/{organizationId}/audit',
    function: 'organization',
    access: { kind: 'organization', action: 'list', subject: 'AuditEntry' },
    summary: 'Audit entries, newest first',
    status: 200,
    params,
    query: AuditListQuery,
    response: AuditPage,
  },
} as const satisfies Record<string, Route>;
