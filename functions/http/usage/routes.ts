import { UsageList, UsageQuery } from '../../../domain/usage/usage.schema.ts';
import { organizationParams as params, type Route } from '../route.ts';

export const usageRoutes = {
  listUsage: {
    method: 'GET',
    path: '/api/organizations/{organizationId}/usage',
    function: 'organization',
    access: { kind: 'organization', action: 'list', subject: 'UsageSnapshot' },
    summary: 'List daily usage snapshots between two dates, oldest first',
    status: 200,
    params,
    query: UsageQuery,
    response: UsageList,
  },
} as const satisfies Record<string, Route>;
