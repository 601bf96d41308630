import { CustomAttributeType, Entity } from 'electrodb';
import type { OrganizationId } from '../ids.ts';

import { identified } from '../table/identified.ts';
import { tableLayout } from '../table/layout.ts';

const count = { type: 'number', required: true, default: 0 } as const;

/** Exact counts of an organization, changed in the transaction that changes what they count. */
export const CountersEntity = identified(
  new Entity({
    model: { entity: 'counters', version: '1', service: 'mtcms' },
    attributes: {
      organizationId: { type: CustomAttributeType<OrganizationId>('string'), required: true },
      users: count,
      admins: count,
      pendingInvitations: count,
      /** Users and open invitations: a condition can compare an attribute with a limit, but not add two. */
      seats: count,
      teams: count,
      kpis: count,
    },
    indexes: {
      primary: {
        pk: {
          field: tableLayout.partitionKey,
          composite: ['organizationId'],
          template: '${organizationId}#organization',
          casing: 'none',
        },
        sk: { field: tableLayout.sortKey, composite: [], template: 'counters', casing: 'none' },
      },
    },
  }),
);
