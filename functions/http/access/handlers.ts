import { explainAccess } from '../../../domain/explain-access.ts';
import { resource } from '../resource.ts';
import { accessRoutes } from './routes.ts';

/** Explains access decisions. */
export const access = () =>
  resource(accessRoutes, {
    explainAccess: ({ ctx: { scope, now }, member, query }) => explainAccess(scope, member, query, now),
  });
