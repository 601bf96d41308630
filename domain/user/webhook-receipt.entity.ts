import { CustomAttributeType, Entity } from 'electrodb';
import type { OrganizationId } from '../ids.ts';
import { identified } from '../table/identified.ts';
import { tableLayout } from '../table/layout.ts';

/** A webhook that was handled, by the sender's id of it. Kept for as long as it may be delivered again. */
export const WebhookReceiptEntity = identified(
  new Entity({
    model: { entity: 'webhookReceipt', version: '1', service: 'mtcms' },
    attributes: {
      organizationId: { type: CustomAttributeType<OrganizationId>('string'), required: true },
      deliveryId: { type: 'string', required: true },
      expiresAt: { type: 'number', required: true },
    },
    indexes: {
      primary: {
        pk: {
          field: tableLayout.partitionKey,
          composite: ['organizationId'],
          template: '${organizationId}#webhook',
          casing: 'none',
        },
        sk: {
          field: tableLayout.sortKey,
          composite: ['deliveryId'],
          template: '${deliveryId}',
          casing: 'none',
        },
      },
    },
  }),
);
