import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { OrganizationId } from '../../../domain/ids.ts';
import type { WebhookId } from '../../../domain/webhook/webhook.schema.ts';
import { outgoingWebhookRoutes } from '../../../functions/http/outgoing-webhook/routes.ts';
import { paging } from '../../components/query-view.tsx';
import type { CallApi } from '../../lib/api.ts';

/** Query key of an organization's webhooks; changing one invalidates all. */
export const webhooksKey = (organizationId: OrganizationId) => ['webhooks', organizationId] as const;

export const webhookQuery = (api: CallApi, organizationId: OrganizationId, webhookId: WebhookId) =>
  queryOptions({
    queryKey: [...webhooksKey(organizationId), webhookId],
    queryFn: ({ signal }) =>
      api(outgoingWebhookRoutes.getWebhook, { params: { organizationId, webhookId }, signal }),
  });

/** The principal that a bucket's role has to trust; null where webhooks are disabled. */
export const logSenderQuery = (api: CallApi, organizationId: OrganizationId) =>
  queryOptions({
    queryKey: [...webhooksKey(organizationId), 'sender'],
    queryFn: async ({ signal }) => {
      const { logSender } = await api(outgoingWebhookRoutes.listWebhooks, {
        params: { organizationId },
        signal,
      });
      return logSender ?? null;
    },
    staleTime: Number.POSITIVE_INFINITY,
  });

export const deliveriesQuery = (api: CallApi, organizationId: OrganizationId, webhookId: WebhookId) =>
  infiniteQueryOptions({
    ...paging,
    queryKey: [...webhooksKey(organizationId), webhookId, 'deliveries'],
    queryFn: ({ pageParam: cursor, signal }) =>
      api(outgoingWebhookRoutes.listWebhookDeliveries, {
        params: { organizationId, webhookId },
        query: { cursor, limit: 25 },
        signal,
      }),
  });
