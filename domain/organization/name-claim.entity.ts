import { CustomAttributeType, Entity } from 'electrodb';
import type { OrganizationId } from '../ids.ts';

import { identified } from '../table/identified.ts';
import { tableLayout } from '../table/layout.ts';

/** One organization name, taken: what makes names unique, as a condition in the write. */
export const NameClaimEntity = identified(
  new Entity({
    model: { entity: 'nameClaim', version: '1', service: 'mtcms' },
    attributes: {
      organizationId: { type: CustomAttributeType<OrganizationId>('string'), required: true },
      name: { type: 'string', required: true },
      holder: { type: CustomAttributeType<OrganizationId>('string'), required: true },
    },
    indexes: {
      primary: {
        pk: {
          field: tableLayout.partitionKey,
          composite: ['organizationId'],
          template: '${organizationId}#organization-name',
          casing: 'none',
        },
        sk: { field: tableLayout.sortKey, composite: ['name'], template: '${name}', casing: 'none' },
      },
    },
  }),
);
