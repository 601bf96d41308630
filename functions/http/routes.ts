import { allRoutes } from './resources.ts';

/**
 * The route table: the only source of the API. The HTTP API's routes, the document and the isolation matrix
 * derive from it; a path that is not in it does not exist. The functions themselves load it resource by
 * resource.
 */
export const routes = await allRoutes();
