import { CustomAttributeType, Entity } from 'electrodb';
import type { OrganizationId } from '../ids.ts';
import { stampedAttributes } from './change-stamp.ts';
import { identified } from './identified.ts';
import { tableLayout } from './layout.ts';

/** What a deleted item leaves for a while: what it was, and who deleted it. `key` is its sort key, when it was created, and its revision. */
export const TombstoneEntity = identified(
  new Entity({
    model: { entity: 'tombstone', version: '1', service: 'mtcms' },
    attributes: {
      organizationId: { type: CustomAttributeType<OrganizationId>('string'), required: true },
      of: { type: 'string', required: true },
      key: { type: 'string', required: true },
      item: { type: CustomAttributeType<object>('any'), required: true },
      /** Time to live, seconds since the epoch. */
      expiresAt: { type: 'number', required: true },
      ...stampedAttributes,
    },
    indexes: {
      primary: {
        pk: {
          field: tableLayout.partitionKey,
          composite: ['organizationId'],
          template: '${organizationId}#tombstone',
          casing: 'none',
        },
        sk: {
          field: tableLayout.sortKey,
          composite: ['of', 'key'],
          template: '${of}#${key}',
          casing: 'none',
        },
      },
    },
  }),
);
