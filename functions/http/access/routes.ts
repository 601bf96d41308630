import { AccessExplanation, AccessQuestion } from '../../../domain/access/explain.schema.ts';
import { organizationParams as params, type Route } from '../route.ts';

export const accessRoutes = {
  explainAccess: {
    method: 'GET',
    path: '/api/organizations/{organizationId}/access/explain',
    function: 'organization',
    access: { kind: 'organization', action: 'read', subject: 'Access' },
    summary: 'Explain whether a user can do something, and which rule decides',
    status: 200,
    params,
    query: AccessQuestion,
    response: AccessExplanation,
  },
} as const satisfies Record<string, Route>;
