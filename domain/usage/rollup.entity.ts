import { CustomAttributeType, Entity } from 'electrodb';
import type { OrganizationId } from '../ids.ts';
import { identified } from '../table/identified.ts';
import { tableLayout } from '../table/layout.ts';
import type { Attention } from './attention.schema.ts';
import type { Leaders } from './leaders.ts';
import type { Tally } from './tally.ts';

const pk = {
  field: tableLayout.partitionKey,
  composite: ['organizationId'],
  template: '${organizationId}#usage',
  casing: 'none',
} as const;

/** The sums of one day over the organizations of one shard. Readers add the shards. */
export const RollupEntity = identified(
  new Entity({
    model: { entity: 'usageRollup', version: '1', service: 'mtcms' },
    attributes: {
      organizationId: { type: CustomAttributeType<OrganizationId>('string'), required: true },
      date: { type: 'string', required: true },
      shard: { type: 'number', required: true },
      final: { type: 'boolean', required: true },
      figures: { type: CustomAttributeType<Tally['figures']>('any'), required: true },
      computedAt: { type: 'string', required: true },
    },
    indexes: {
      primary: {
        pk,
        sk: {
          field: tableLayout.sortKey,
          composite: ['date', 'shard'],
          template: 'day#${date}#shard#${shard}',
          casing: 'none',
        },
      },
    },
  }),
);

/** The organizations of one shard to look at, as the last hourly run found them: the most pressing, and how many in all. */
export const AttentionEntity = identified(
  new Entity({
    model: { entity: 'usageAttention', version: '1', service: 'mtcms' },
    attributes: {
      organizationId: { type: CustomAttributeType<OrganizationId>('string'), required: true },
      shard: { type: 'number', required: true },
      items: { type: CustomAttributeType<Attention[]>('any'), required: true },
      total: { type: 'number', required: true },
      computedAt: { type: 'string', required: true },
    },
    indexes: {
      primary: {
        pk,
        sk: {
          field: tableLayout.sortKey,
          composite: ['shard'],
          template: 'attention#shard#${shard}',
          casing: 'none',
        },
      },
    },
  }),
);

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
        pk,
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
