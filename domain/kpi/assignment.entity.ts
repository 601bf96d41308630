import { CustomAttributeType, Entity } from 'electrodb';
import type { KpiId, OrganizationId, UserId } from '../ids.ts';
import { identified } from '../table/identified.ts';
import { tableLayout } from '../table/layout.ts';

/** That somebody reports on a KPI: written with the KPI, which names its people, to find it from the person. */
export const AssignmentEntity = identified(
  new Entity({
    model: { entity: 'kpiAssignment', version: '1', service: 'mtcms' },
    attributes: {
      organizationId: { type: CustomAttributeType<OrganizationId>('string'), required: true },
      userId: { type: CustomAttributeType<UserId>('string'), required: true },
      kpiId: { type: CustomAttributeType<KpiId>('string'), required: true },
    },
    indexes: {
      primary: {
        pk: {
          field: tableLayout.partitionKey,
          composite: ['organizationId', 'userId'],
          template: '${organizationId}#assigned#${userId}',
          casing: 'none',
        },
        sk: { field: tableLayout.sortKey, composite: ['kpiId'], template: '${kpiId}', casing: 'none' },
      },
    },
  }),
);
