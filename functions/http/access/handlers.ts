import { explainAccess } from '../../../domain/explanation/explanation.service.ts';
import { resource } from '../resource.ts';
import { accessRoutes } from './routes.ts';

/** Why somebody may or may not. */
export const access = () =>
  resource(accessRoutes, {
    explainAccess: ({ ctx: { scope, now }, member, query }) => explainAccess(scope, member, query, now),
  });
