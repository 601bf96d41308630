import { CustomAttributeType, Entity } from 'electrodb';
import type { OrganizationId, UserId } from '../ids.ts';
import { identified } from '../table/identified.ts';
import { tableLayout } from '../table/layout.ts';

/**
 * Which organization a Clerk user's metadata named last, and Clerk's own time of that state (ms): a later webhook that
 * tells of an earlier state is dropped, and a deleted user stays deleted.
 */
export const IdentityEntity = identified(
  new Entity({
    model: { entity: 'identity', version: '1', service: 'mtcms' },
    attributes: {
      organizationId: { type: CustomAttributeType<OrganizationId>('string'), required: true },
      userId: { type: CustomAttributeType<UserId>('string'), required: true },
      belongsTo: { type: CustomAttributeType<OrganizationId>('string') },
      /** The organizations that were named before it. */
      belongedTo: { type: 'list', items: { type: CustomAttributeType<OrganizationId>('string') } },
      clerkTime: { type: 'number', required: true },
      deleted: { type: 'boolean', required: true },
    },
    indexes: {
      primary: {
        pk: {
          field: tableLayout.partitionKey,
          composite: ['organizationId'],
          template: '${organizationId}#identity',
          casing: 'none',
        },
        sk: { field: tableLayout.sortKey, composite: ['userId'], template: '${userId}', casing: 'none' },
      },
    },
  }),
);
