import { CustomAttributeType, Entity } from 'electrodb';
import type { OrganizationId } from '../ids.ts';
import { identified } from '../table/identified.ts';
import { tableLayout } from '../table/layout.ts';
import type { Leaders } from './leaders.ts';

/** The organizations of one shard with the highest figures of one day. Readers merge the shards. */
export const LeadersEntity = identified(
  new Entity({
    model: { entity: 'usageLeaders', version: '1', service: 'mtcms' },
    attributes: {
      organizationId: { type: CustomAttributeType<OrganizationId>('string'), required: true },
      date: { type: 'string', required: true },
      shard: { type: 'number', required: true },
      leaders: { type: CustomAttributeType<Leaders>('any'), required: true },
    },
    indexes: {
      primary: {
        pk: {
          field: tableLayout.partitionKey,
          composite: ['organizationId'],
          template: '${organizationId}#usage',
          casing: 'none',
        },
        sk: {
          field: tableLayout.sortKey,
          composite: ['date', 'shard'],
          template: 'leaders#${date}#shard#${shard}',
          casing: 'none',
        },
      },
    },
  }),
);
