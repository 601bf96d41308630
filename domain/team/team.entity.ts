import { CustomAttributeType, Entity } from 'electrodb';
import type { OrganizationId, TeamId, UserId } from '../ids.ts';
import { stampedAttributes } from '../table/change-stamp.ts';
import { identified } from '../table/identified.ts';
import { tableLayout } from '../table/layout.ts';

/** A team. Its members are items of their own below its sort key, so that one Query reads all of it. */
export const TeamEntity = identified(
  new Entity({
    model: { entity: 'team', version: '1', service: 'mtcms' },
    attributes: {
      organizationId: { type: CustomAttributeType<OrganizationId>('string'), required: true },
      teamId: { type: CustomAttributeType<TeamId>('string'), required: true },
      name: { type: 'string', required: true },
      description: { type: 'string' },
      leaderId: { type: CustomAttributeType<UserId>('string') },
      createdBy: { type: 'string' },
      memberCount: { type: 'number', required: true },
      ...stampedAttributes,
    },
    indexes: {
      primary: {
        pk: {
          field: tableLayout.partitionKey,
          composite: ['organizationId'],
          template: '${organizationId}#team',
          casing: 'none',
        },
        sk: { field: tableLayout.sortKey, composite: ['teamId'], template: '${teamId}', casing: 'none' },
      },
    },
  }),
);
