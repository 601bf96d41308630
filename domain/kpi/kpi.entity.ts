import { CustomAttributeType, Entity } from 'electrodb';
import type { KpiId, OrganizationId, UserId } from '../ids.ts';
import { stampedAttributes } from '../table/change-stamp.ts';
import { identified } from '../table/identified.ts';
import { memberIndex, tableLayout } from '../table/layout.ts';
import type { Goal } from './goal.schema.ts';
import type { KpiOwner } from './kpi.schema.ts';

/** A KPI, with the value that counts: a list shows each one's status without reading check-ins. */
export const KpiEntity = identified(
  new Entity({
    model: { entity: 'kpi', version: '1', service: 'mtcms' },
    attributes: {
      organizationId: { type: CustomAttributeType<OrganizationId>('string'), required: true },
      kpiId: { type: CustomAttributeType<KpiId>('string'), required: true },
      name: { type: 'string', required: true },
      description: { type: 'string' },
      unit: { type: 'string', required: true },
      /** One attribute: its parts only make sense together. */
      goal: { type: CustomAttributeType<Goal>('any'), required: true },
      owner: { type: CustomAttributeType<KpiOwner>('any'), required: true },
      /** Whose it is, as the index `byMember` spells it: `member#<userId>` or `team#<teamId>`. */
      holder: { type: 'string', required: true },
      assigneeIds: { type: CustomAttributeType<UserId[]>('any'), required: true },
      createdBy: { type: 'string', required: true },
      latest: {
        type: 'map',
        properties: {
          value: { type: 'number', required: true },
          at: { type: 'string', required: true },
          checkInId: { type: 'string', required: true },
        },
      },
      ...stampedAttributes,
    },
    indexes: {
      primary: {
        pk: {
          field: tableLayout.partitionKey,
          composite: ['organizationId'],
          template: '${organizationId}#kpi',
          casing: 'none',
        },
        sk: { field: tableLayout.sortKey, composite: ['kpiId'], template: '${kpiId}', casing: 'none' },
      },
      byHolder: {
        index: memberIndex.name,
        pk: {
          field: memberIndex.partitionKey,
          composite: ['organizationId', 'holder'],
          template: '${organizationId}#${holder}',
          casing: 'none',
        },
        sk: { field: memberIndex.sortKey, composite: ['kpiId'], template: 'kpi#${kpiId}', casing: 'none' },
      },
    },
  }),
);
