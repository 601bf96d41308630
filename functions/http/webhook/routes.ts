import * as z from 'zod/mini';
import { PublishedKey } from '../../../domain/audit/checkpoints/checkpoint.schema.ts';
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
  getAuditKey: {
    method: 'GET',
    path: '/api/audit-key',
    function: 'webhooks',
    access: { kind: 'anyone' },
    summary: 'Get the key that signs audit log checkpoints, to verify exports by',
    status: 200,
    response: PublishedKey,
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
