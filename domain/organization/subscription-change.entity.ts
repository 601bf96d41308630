import { CustomAttributeType, Entity } from 'electrodb';
import type { OrganizationId } from '../ids.ts';
import type { Subscription } from '../subscription/subscription.schema.ts';
import { identified } from '../table/identified.ts';
import { tableLayout } from '../table/layout.ts';

/** One change of an organization's subscription, kept beside the organization. `number` is the revision it led to, six digits. */
export const SubscriptionChangeEntity = identified(
  new Entity({
    model: { entity: 'subscriptionChange', version: '1', service: 'mtcms' },
    attributes: {
      organizationId: { type: CustomAttributeType<OrganizationId>('string'), required: true },
      number: { type: 'string', required: true },
      at: { type: 'string', required: true },
      by: { type: 'string', required: true },
      role: { type: 'string', required: true },
      before: { type: CustomAttributeType<Subscription>('any') },
      after: { type: CustomAttributeType<Subscription>('any'), required: true },
    },
    indexes: {
      primary: {
        pk: {
          field: tableLayout.partitionKey,
          composite: ['organizationId'],
          template: '${organizationId}#organization',
          casing: 'none',
        },
        sk: {
          field: tableLayout.sortKey,
          composite: ['number'],
          template: 'subscription#${number}',
          casing: 'none',
        },
      },
    },
  }),
);
