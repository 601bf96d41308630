import { snapshotsBetween } from '../../../domain/usage/take-snapshot.ts';
import { resource } from '../resource.ts';
import { usageRoutes } from './routes.ts';

export const usage = () =>
  resource(usageRoutes, {
    listUsage: async ({ ctx, query }) => ({
      items: await snapshotsBetween(ctx.scope, query.from, query.to),
    }),
  });
