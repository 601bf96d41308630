import { CustomAttributeType, Entity } from 'electrodb';
import { roles, type TeamRole } from '../access/roles.schema.ts';
import type { OrganizationId, TeamId, UserId } from '../ids.ts';
import { stampedAttributes } from '../table/change-stamp.ts';
import { identified } from '../table/identified.ts';
import { tableLayout } from '../table/layout.ts';

/** A Clerk identity as a member of one organization. */
export const UserEntity = identified(
  new Entity({
    model: { entity: 'user', version: '1', service: 'mtcms' },
    attributes: {
      organizationId: { type: CustomAttributeType<OrganizationId>('string'), required: true },
      userId: { type: CustomAttributeType<UserId>('string'), required: true },
      email: { type: 'string', required: true },
      name: { type: 'string', required: true },
      role: { type: roles, required: true },
      status: { type: ['active', 'deactivated'] as const, required: true, default: 'active' },
      /** Clerk's time (ms) of the state that name and address were last taken from. */
      identityTime: { type: 'number' },
      /** Kept with the team's own record of its members, in one transaction: what the access rules need, in the one read of a request. */
      teams: { type: CustomAttributeType<Record<TeamId, TeamRole>>('any'), default: {} },
      ...stampedAttributes,
    },
    indexes: {
      primary: {
        pk: {
          field: tableLayout.partitionKey,
          composite: ['organizationId'],
          template: '${organizationId}#user',
          casing: 'none',
        },
        sk: { field: tableLayout.sortKey, composite: ['userId'], template: '${userId}', casing: 'none' },
      },
    },
  }),
);
