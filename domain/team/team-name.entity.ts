import { CustomAttributeType, Entity } from 'electrodb';
import type { OrganizationId, TeamId } from '../ids.ts';
import { identified } from '../table/identified.ts';
import { tableLayout } from '../table/layout.ts';

/** One team's name, taken in its organization: names are unique by a condition of the write, and teams are listed by them. */
export const TeamNameEntity = identified(
  new Entity({
    model: { entity: 'teamName', version: '1', service: 'mtcms' },
    attributes: {
      organizationId: { type: CustomAttributeType<OrganizationId>('string'), required: true },
      name: { type: 'string', required: true },
      teamId: { type: CustomAttributeType<TeamId>('string'), required: true },
    },
    indexes: {
      primary: {
        pk: {
          field: tableLayout.partitionKey,
          composite: ['organizationId'],
          template: '${organizationId}#team-name',
          casing: 'none',
        },
        sk: { field: tableLayout.sortKey, composite: ['name'], template: '${name}', casing: 'none' },
      },
    },
  }),
);
