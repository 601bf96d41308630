import { adminRoutes } from './admin.routes.ts';
import { organizationRoutes } from './organization.routes.ts';
import { publicRoutes } from './public.routes.ts';

/**
 * The route table: the only source of the API. The HTTP API's routes, the typed client and the isolation matrix derive
 * from it; a path that is not in it does not exist.
 */
export const routes = { ...publicRoutes, ...adminRoutes, ...organizationRoutes };

export type RouteName = keyof typeof routes;
