import * as z from 'zod/mini';
import type { Route } from '../route.ts';

/** Routes without a session: liveness, and Clerk's webhook, which proves itself by its signature. */
export const publicRoutes = {
  getHealth: {
    method: 'GET',
    path: '/api/health',
    function: 'webhooks',
    access: { kind: 'anyone' },
    summary: 'Check that the API is up',
    status: 200,
    response: z.object({ status: z.literal('ok') }),
  },
  receiveClerkWebhook: {
    method: 'POST',
    path: '/api/webhooks/clerk',
    function: 'webhooks',
    access: { kind: 'anyone' },
    summary: 'Receive user events from Clerk, signed by Svix',
    status: 204,
    refuses: ['validation_failed', 'unauthenticated'],
  },
} as const satisfies Record<string, Route>;
