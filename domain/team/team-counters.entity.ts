import { CustomAttributeType, Entity } from 'electrodb';
import type { OrganizationId, TeamId } from '../ids.ts';
import { identified } from '../table/identified.ts';
import { tableLayout } from '../table/layout.ts';

/** What a team has, counted in the transaction that changes it; it is there exactly as long as the team. */
export const TeamCountersEntity = identified(
  new Entity({
    model: { entity: 'teamCounters', version: '1', service: 'mtcms' },
    attributes: {
      organizationId: { type: CustomAttributeType<OrganizationId>('string'), required: true },
      teamId: { type: CustomAttributeType<TeamId>('string'), required: true },
      kpis: { type: 'number', required: true, default: 0 },
    },
    indexes: {
      primary: {
        pk: {
          field: tableLayout.partitionKey,
          composite: ['organizationId'],
          template: '${organizationId}#team',
          casing: 'none',
        },
        sk: {
          field: tableLayout.sortKey,
          composite: ['teamId'],
          template: '${teamId}#counters',
          casing: 'none',
        },
      },
    },
  }),
);
