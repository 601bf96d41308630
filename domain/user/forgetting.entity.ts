import { CustomAttributeType, Entity } from 'electrodb';
import type { OrganizationId, UserId } from '../ids.ts';
import { identified } from '../table/identified.ts';
import { tableLayout } from '../table/layout.ts';

/** A removed member of whom the identity provider doesn't know yet that they are free for another organization. */
export const ForgettingEntity = identified(
  new Entity({
    model: { entity: 'forgetting', version: '1', service: 'mtcms' },
    attributes: {
      organizationId: { type: CustomAttributeType<OrganizationId>('string'), required: true },
      userId: { type: CustomAttributeType<UserId>('string'), required: true },
      removedAt: { type: 'string', required: true },
    },
    indexes: {
      primary: {
        pk: {
          field: tableLayout.partitionKey,
          composite: ['organizationId'],
          template: '${organizationId}#forgetting',
          casing: 'none',
        },
        sk: { field: tableLayout.sortKey, composite: ['userId'], template: '${userId}', casing: 'none' },
      },
    },
  }),
);
