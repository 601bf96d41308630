import * as z from 'zod/mini';
import {
  CreatedWebhook,
  DeliveryId,
  DeliveryPage,
  DeliveryQuery,
  NewWebhook,
  Webhook,
  WebhookChange,
  WebhookDelivery,
  WebhookId,
  WebhookList,
} from '../../../domain/webhook/webhook.schema.ts';
import { organizationParams, type Route } from '../route.ts';

const path = '/api/organizations/{organizationId}/outgoing-webhooks';
const params = z.extend(organizationParams, { webhookId: WebhookId });
const common = { function: 'organization' } as const;
const read = { kind: 'organization', action: 'read', subject: 'Webhook' } as const;
const update = { kind: 'organization', action: 'update', subject: 'Webhook' } as const;

/** Where an organization's changes are sent, and what became of each message. */
export const outgoingWebhookRoutes = {
  listWebhooks: {
    ...common,
    method: 'GET',
    path,
    access: { kind: 'organization', action: 'list', subject: 'Webhook' },
    summary: 'List the webhooks, newest first',
    status: 200,
    params: organizationParams,
    response: WebhookList,
  },
  createWebhook: {
    ...common,
    method: 'POST',
    path,
    access: { kind: 'organization', action: 'create', subject: 'Webhook' },
    summary: 'Create a webhook; its signing secret is shown this once',
    status: 201,
    shownOnce: 'secret',
    params: organizationParams,
    body: NewWebhook,
    example: { name: 'Data warehouse', url: 'https://hooks.example.com/mtcms', events: ['kpi.*'] },
    response: CreatedWebhook,
  },
  getWebhook: {
    ...common,
    method: 'GET',
    path: `${path}/{webhookId}`,
    access: read,
    summary: 'Get a webhook, and how its deliveries go',
    status: 200,
    params,
    response: Webhook,
  },
  updateWebhook: {
    ...common,
    method: 'PATCH',
    path: `${path}/{webhookId}`,
    access: update,
    summary: 'Update a webhook; `active` resumes one that is paused',
    status: 200,
    params,
    body: WebhookChange,
    example: { status: 'active' },
    response: Webhook,
  },
  deleteWebhook: {
    ...common,
    method: 'DELETE',
    path: `${path}/{webhookId}`,
    access: { kind: 'organization', action: 'delete', subject: 'Webhook' },
    summary: 'Delete a webhook; what waits for it isn’t sent any more',
    status: 204,
    isSafetyAct: true,
    params,
  },
  rotateWebhookSecret: {
    ...common,
    method: 'POST',
    path: `${path}/{webhookId}/rotate-secret`,
    access: update,
    summary: 'Replace the signing secret; for a day messages are signed by both',
    status: 200,
    shownOnce: 'secret',
    params,
    response: CreatedWebhook,
  },
  listWebhookDeliveries: {
    ...common,
    method: 'GET',
    path: `${path}/{webhookId}/deliveries`,
    access: read,
    summary: 'List the deliveries of the last 30 days, newest first',
    status: 200,
    params,
    query: DeliveryQuery,
    response: DeliveryPage,
  },
  replayWebhookDelivery: {
    ...common,
    method: 'POST',
    path: `${path}/{webhookId}/deliveries/{delivery}/replay`,
    access: update,
    summary: 'Send a message again, with the same ID',
    status: 202,
    params: z.extend(params, { delivery: DeliveryId }),
    response: WebhookDelivery,
  },
} as const satisfies Record<string, Route>;
