import { CustomAttributeType, Entity } from 'electrodb';
import type { OrganizationId } from '../ids.ts';
import { stages } from '../onboarding/onboarding.schema.ts';
import { identified } from '../table/identified.ts';
import { tableLayout } from '../table/layout.ts';
import type { UsageSnapshot } from './usage.schema.ts';

/** One day of one organization. Provisional figures are computed again every hour; final ones stay. */
export const UsageEntity = identified(
  new Entity({
    model: { entity: 'usageSnapshot', version: '1', service: 'mtcms' },
    attributes: {
      organizationId: { type: CustomAttributeType<OrganizationId>('string'), required: true },
      date: { type: 'string', required: true },
      final: { type: 'boolean', required: true },
      users: { type: 'number', required: true },
      usersByRole: { type: CustomAttributeType<UsageSnapshot['usersByRole']>('any'), required: true },
      activeAdmins: { type: 'number' },
      activeUsers: { type: CustomAttributeType<UsageSnapshot['activeUsers']>('any'), required: true },
      lastActiveOn: { type: 'string' },
      pendingInvitations: { type: 'number', required: true },
      teams: { type: 'number', required: true },
      kpis: { type: CustomAttributeType<UsageSnapshot['kpis']>('any'), required: true },
      checkIns: { type: 'number', required: true },
      changes: { type: 'number', required: true },
      health: { type: CustomAttributeType<NonNullable<UsageSnapshot['health']>>('any') },
      stage: { type: stages, required: true },
      definition: { type: 'number', required: true },
      computedAt: { type: 'string', required: true },
    },
    indexes: {
      primary: {
        pk: {
          field: tableLayout.partitionKey,
          composite: ['organizationId'],
          template: '${organizationId}#usage',
          casing: 'none',
        },
        sk: { field: tableLayout.sortKey, composite: ['date'], template: 'day#${date}', casing: 'none' },
      },
    },
  }),
);
