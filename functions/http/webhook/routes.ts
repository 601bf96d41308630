import * as z from 'zod/mini';
import { PublishedKey } from '../../../domain/audit/checkpoints/checkpoint.schema.ts';
import type { Route } from '../route.ts';

const unsubscribing = z.strictObject({ token: z.string().check(z.maxLength(300)) });

/**
 * Routes without a session: liveness, and requests that are authenticated by a signature, which are Clerk's
 * webhook and the links in emails.
 */
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
    summary: 'Get the public key of the audit log’s checkpoints, to verify exports',
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
  getUnsubscribePage: {
    method: 'GET',
    path: '/api/unsubscribe',
    function: 'webhooks',
    access: { kind: 'anyone' },
    summary:
      'Get an HTML page that confirms unsubscribing from the kind of email that a signed link came with',
    status: 200,
    query: unsubscribing,
    produces: ['text/html'],
    response: z.string(),
  },
  unsubscribe: {
    method: 'POST',
    path: '/api/unsubscribe',
    function: 'webhooks',
    access: { kind: 'anyone' },
    summary: 'Unsubscribe from the kind of email that a signed link came with, in one click (RFC 8058)',
    status: 200,
    refuses: ['not_found'],
    query: unsubscribing,
    produces: ['text/html'],
    response: z.string(),
  },
} as const satisfies Record<string, Route>;
