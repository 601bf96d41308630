import { CustomAttributeType, Entity } from 'electrodb';
import { teamRoles } from '../access/roles.schema.ts';
import type { OrganizationId, TeamId, UserId } from '../ids.ts';
import { stampedAttributes } from '../table/change-stamp.ts';
import { identified } from '../table/identified.ts';
import { memberIndex, tableLayout } from '../table/layout.ts';

/** Somebody's membership of a team, with the address and name they have as a user. */
export const TeamMemberEntity = identified(
  new Entity({
    model: { entity: 'teamMember', version: '1', service: 'mtcms' },
    attributes: {
      organizationId: { type: CustomAttributeType<OrganizationId>('string'), required: true },
      teamId: { type: CustomAttributeType<TeamId>('string'), required: true },
      userId: { type: CustomAttributeType<UserId>('string'), required: true },
      email: { type: 'string' },
      name: { type: 'string' },
      role: { type: teamRoles, required: true },
      joinedAt: { type: 'string' },
      ...stampedAttributes,
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
          composite: ['teamId', 'userId'],
          template: '${teamId}#member#${userId}',
          casing: 'none',
        },
      },
      byMember: {
        index: memberIndex.name,
        pk: {
          field: memberIndex.partitionKey,
          composite: ['organizationId', 'userId'],
          template: '${organizationId}#member#${userId}',
          casing: 'none',
        },
        sk: {
          field: memberIndex.sortKey,
          composite: ['teamId'],
          template: 'team#${teamId}',
          casing: 'none',
        },
      },
    },
  }),
);
