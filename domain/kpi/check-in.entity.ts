import { CustomAttributeType, Entity } from 'electrodb';
import type { CheckInId, KpiId, OrganizationId } from '../ids.ts';
import { stampedAttributes } from '../table/change-stamp.ts';
import { identified } from '../table/identified.ts';
import { tableLayout } from '../table/layout.ts';

/** One reported value of a KPI. Each KPI's are under a key of their own, so that none makes another's slow. */
export const CheckInEntity = identified(
  new Entity({
    model: { entity: 'checkIn', version: '1', service: 'mtcms' },
    attributes: {
      organizationId: { type: CustomAttributeType<OrganizationId>('string'), required: true },
      kpiId: { type: CustomAttributeType<KpiId>('string'), required: true },
      checkInId: { type: CustomAttributeType<CheckInId>('string'), required: true },
      at: { type: 'string', required: true },
      value: { type: 'number', required: true },
      note: { type: 'string' },
      by: { type: 'string', required: true },
      /** Time to live, seconds since the epoch: counted from when it was made, as it may be for a time long ago. */
      expiresAt: { type: 'number', required: true },
      ...stampedAttributes,
    },
    indexes: {
      primary: {
        pk: {
          field: tableLayout.partitionKey,
          composite: ['organizationId', 'kpiId'],
          template: '${organizationId}#kpi#${kpiId}',
          casing: 'none',
        },
        sk: {
          field: tableLayout.sortKey,
          composite: ['at', 'checkInId'],
          template: '${at}#${checkInId}',
          casing: 'none',
        },
      },
    },
  }),
);
