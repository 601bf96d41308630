import { CustomAttributeType, Entity } from 'electrodb';
import type { OrganizationId } from '../ids.ts';
import { identified } from '../table/identified.ts';
import { tableLayout } from '../table/layout.ts';

/** One external id, taken: what makes external ids unique, as a condition in the write. */
export const ExternalIdClaimEntity = identified(
  new Entity({
    model: { entity: 'externalIdClaim', version: '1', service: 'mtcms' },
    attributes: {
      organizationId: { type: CustomAttributeType<OrganizationId>('string'), required: true },
      externalId: { type: 'string', required: true },
      holder: { type: CustomAttributeType<OrganizationId>('string'), required: true },
    },
    indexes: {
      primary: {
        pk: {
          field: tableLayout.partitionKey,
          composite: ['organizationId'],
          template: '${organizationId}#organization-external-id',
          casing: 'none',
        },
        sk: {
          field: tableLayout.sortKey,
          composite: ['externalId'],
          template: '${externalId}',
          casing: 'none',
        },
      },
    },
  }),
);
