import { snapshotsBetween } from '../../../domain/usage/usage.service.ts';
import { noun, tenantOf } from '../noun.ts';
import { usageRoutes } from '../routes/usage.routes.ts';

/** An organization's usage. */
export const usage = () =>
  noun(usageRoutes, {
    listUsage: async ({ query, exchange }) => ({
      items: await snapshotsBetween(tenantOf(exchange).scope, query.from, query.to),
    }),
  });
