import { CustomAttributeType, Entity } from 'electrodb';
import type { OrganizationId, UserId } from '../ids.ts';
import { identified } from '../table/identified.ts';
import { tableLayout } from '../table/layout.ts';

/** Which organization an identity has become a member of last: see `MemberClaims`. */
export const MemberClaimEntity = identified(
  new Entity({
    model: { entity: 'memberClaim', version: '1', service: 'mtcms' },
    attributes: {
      /** The platform, which decides between organizations. */
      organizationId: { type: CustomAttributeType<OrganizationId>('string'), required: true },
      userId: { type: CustomAttributeType<UserId>('string'), required: true },
      memberOf: { type: CustomAttributeType<OrganizationId>('string'), required: true },
      claimedAt: { type: 'string', required: true },
    },
    indexes: {
      primary: {
        pk: {
          field: tableLayout.partitionKey,
          composite: ['organizationId'],
          template: '${organizationId}#member-claim',
          casing: 'none',
        },
        sk: { field: tableLayout.sortKey, composite: ['userId'], template: '${userId}', casing: 'none' },
      },
    },
  }),
);
