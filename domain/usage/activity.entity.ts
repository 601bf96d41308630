import { CustomAttributeType, Entity } from 'electrodb';
import type { OrganizationId, UserId } from '../ids.ts';
import { identified } from '../table/identified.ts';
import { tableLayout } from '../table/layout.ts';

/** On which days of a month a user used the product: two digits each. Kept until no figure needs it any more. */
export const ActivityEntity = identified(
  new Entity({
    model: { entity: 'activity', version: '1', service: 'mtcms' },
    attributes: {
      organizationId: { type: CustomAttributeType<OrganizationId>('string'), required: true },
      month: { type: 'string', required: true },
      userId: { type: CustomAttributeType<UserId>('string'), required: true },
      days: { type: 'list', items: { type: 'string' } },
      /** Time to live, seconds since the epoch. */
      expiresAt: { type: 'number', required: true },
    },
    indexes: {
      primary: {
        pk: {
          field: tableLayout.partitionKey,
          composite: ['organizationId'],
          template: '${organizationId}#activity',
          casing: 'none',
        },
        sk: {
          field: tableLayout.sortKey,
          composite: ['month', 'userId'],
          template: '${month}#${userId}',
          casing: 'none',
        },
      },
    },
  }),
);
