import { allRoutes } from './resources.ts';

/**
 * The route table, the single source of the API: the HTTP API's routes, the document and the isolation
 * matrix derive from it. A path that isn't in it doesn't exist. The functions load it resource by resource.
 */
export const routes = await allRoutes();
