import * as z from 'zod/mini';
import type { Route } from '../route.ts';

/**
 * The API's own documentation, public: it contains no data, and client authors need it before they have an
 * account. See decision 0025.
 */
export const referenceRoutes = {
  getOpenApiDocument: {
    method: 'GET',
    path: '/api/openapi.json',
    function: 'organization',
    access: { kind: 'anyone' },
    summary: 'Get this document: OpenAPI 3.1, generated from the route table',
    status: 200,
    cacheSeconds: 300,
    response: z.looseObject({ openapi: z.string(), paths: z.record(z.string(), z.unknown()) }),
  },
  getReferencePage: {
    method: 'GET',
    path: '/api/docs',
    function: 'organization',
    access: { kind: 'anyone' },
    summary: 'Get this document as an HTML page',
    status: 200,
    cacheSeconds: 300,
    produces: ['text/html'],
    response: z.string(),
  },
} as const satisfies Record<string, Route>;
