import { CustomAttributeType, Entity } from 'electrodb';
import type { OrganizationId } from '../ids.ts';
import { identified } from '../table/identified.ts';
import { directoryIndex, tableLayout } from '../table/layout.ts';

/**
 * One term that an organization is found by, in a place of its own (`slot`) beside the organization's profile. A place without a term
 * is out of the index. Who changes the contact person writes the term, and never the index's partition key.
 */
export const OrganizationTermEntity = identified(
  new Entity({
    model: { entity: 'organizationTerm', version: '1', service: 'mtcms' },
    attributes: {
      organizationId: { type: CustomAttributeType<OrganizationId>('string'), required: true },
      slot: { type: 'string', required: true },
      list: { type: ['terms'] as const, required: true, default: 'terms' },
      term: { type: 'string' },
      directoryName: { type: 'string' },
    },
    indexes: {
      primary: {
        pk: {
          field: tableLayout.partitionKey,
          composite: ['organizationId'],
          template: '${organizationId}#organization',
          casing: 'none',
        },
        sk: { field: tableLayout.sortKey, composite: ['slot'], template: 'term#${slot}', casing: 'none' },
      },
      words: {
        index: directoryIndex.name,
        pk: {
          field: directoryIndex.partitionKey,
          composite: ['list'],
          template: 'platform#organization-${list}',
          casing: 'none',
        },
        sk: {
          field: directoryIndex.sortKey,
          composite: ['term', 'directoryName'],
          template: '${term}#${directoryName}',
          casing: 'none',
        },
      },
    },
  }),
);
