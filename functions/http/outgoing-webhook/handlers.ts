import { deliveriesAfter, replayDelivery } from '../../../domain/webhook/deliveries.ts';
import {
  createWebhook,
  deleteWebhook,
  listWebhooks,
  requireWebhook,
  rotateSecret,
  updateWebhook,
} from '../../../domain/webhook/manage-webhooks.ts';
import {
  Attempt,
  DeliveryId,
  type WebhookDelivery,
  webhookRefusals,
} from '../../../domain/webhook/webhook.schema.ts';
import { invokeLater, invokeNow } from '../../aws/lambda.ts';
import type { OrganizationDependencies } from '../dependencies.ts';
import { resource } from '../resource.ts';
import { outgoingWebhookRoutes } from './routes.ts';

export const outgoingWebhooks = ({ page, webhooks }: OrganizationDependencies) => {
  const isLocal = webhooks?.isLocalAllowed === true;
  const wake = async (organizationId: string): Promise<void> => {
    if (webhooks !== undefined) await invokeLater(webhooks.senderFunction, { organizationId });
  };
  return resource(outgoingWebhookRoutes, {
    listWebhooks: async ({ ctx }) => ({
      items: await listWebhooks(ctx.scope),
      logSender: webhooks && {
        roleArn: webhooks.senderRoleArn,
        // Derived, so that an organization can't choose another's; it isn't secret.
        externalId: ctx.scope.organizationId,
      },
    }),
    createWebhook: async ({ ctx, body }) => {
      const made = await createWebhook(ctx, { input: body, isLocal });
      await wake(ctx.scope.organizationId);
      return made;
    },
    getWebhook: ({ ctx, params }) => requireWebhook(ctx.scope, params.webhookId),
    updateWebhook: async ({ ctx, params: { webhookId }, body, revision }) => {
      const changed = await updateWebhook(ctx, { webhookId, revision, isLocal, ...body });
      await wake(ctx.scope.organizationId);
      return changed;
    },
    deleteWebhook: async ({ ctx, params: { webhookId }, revision }) => {
      await deleteWebhook(ctx, { webhookId, revision });
      return undefined;
    },
    rotateWebhookSecret: ({ ctx, params }) => rotateSecret(ctx, params.webhookId),
    testWebhook: async ({ ctx, params: { webhookId } }) => {
      await requireWebhook(ctx.scope, webhookId);
      if (webhooks === undefined) throw webhookRefusals.webhook_not_found();
      const { organizationId } = ctx.scope;
      return Attempt.parse(await invokeNow(webhooks.senderFunction, { organizationId, test: webhookId }));
    },
    listWebhookDeliveries: async ({ ctx, params: { webhookId }, query }) => {
      const [listed] = await Promise.all([
        page({
          ctx,
          route: 'listWebhookDeliveries',
          filter: webhookId,
          query,
          parse: (text) => DeliveryId.parse(text),
          positionOf: ({ id }: WebhookDelivery) => id,
          after: (position, limit) => deliveriesAfter(ctx.scope, webhookId, { position, limit }),
        }),
        requireWebhook(ctx.scope, webhookId),
      ]);
      return listed;
    },
    replayWebhookDelivery: async ({ ctx, params: { webhookId, delivery } }) => {
      const again = await replayDelivery(ctx, { webhookId, place: delivery });
      await wake(ctx.scope.organizationId);
      return again;
    },
  });
};
