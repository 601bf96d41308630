import { CustomAttributeType, Entity } from 'electrodb';
import type { OrganizationId } from '../ids.ts';

import { identified } from '../table/identified.ts';
import { tableLayout } from '../table/layout.ts';

/** One e-mail address in an organization, taken by a user or an open invitation. */
export const EmailClaimEntity = identified(
  new Entity({
    model: { entity: 'emailClaim', version: '1', service: 'mtcms' },
    attributes: {
      organizationId: { type: CustomAttributeType<OrganizationId>('string'), required: true },
      email: { type: 'string', required: true },
      holder: { type: 'string', required: true },
    },
    indexes: {
      primary: {
        pk: {
          field: tableLayout.partitionKey,
          composite: ['organizationId'],
          template: '${organizationId}#email',
          casing: 'none',
        },
        sk: { field: tableLayout.sortKey, composite: ['email'], template: '${email}', casing: 'none' },
      },
    },
  }),
);
