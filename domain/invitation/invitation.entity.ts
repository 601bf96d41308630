import { CustomAttributeType, Entity } from 'electrodb';
import { roles } from '../access/roles.schema.ts';
import type { InvitationId, OrganizationId, UserId } from '../ids.ts';
import { stampedAttributes } from '../table/change-stamp.ts';
import { identified } from '../table/identified.ts';
import { tableLayout } from '../table/layout.ts';

/** An invitation. `validUntil` is when it stops being acceptable (ISO 8601 UTC). */
export const InvitationEntity = identified(
  new Entity({
    model: { entity: 'invitation', version: '1', service: 'mtcms' },
    attributes: {
      organizationId: { type: CustomAttributeType<OrganizationId>('string'), required: true },
      invitationId: { type: CustomAttributeType<InvitationId>('string'), required: true },
      email: { type: 'string', required: true },
      name: { type: 'string', required: true },
      role: { type: roles, required: true },
      status: { type: ['pending', 'accepted', 'revoked'] as const, required: true },
      delivery: { type: ['queued', 'sent', 'failed'] as const, required: true },
      deliveryProblem: { type: 'string' },
      providerId: { type: 'string' },
      invitedBy: { type: 'string', required: true },
      acceptedBy: { type: CustomAttributeType<UserId>('string') },
      validUntil: { type: 'string', required: true },
      ...stampedAttributes,
    },
    indexes: {
      primary: {
        pk: {
          field: tableLayout.partitionKey,
          composite: ['organizationId'],
          template: '${organizationId}#invitation',
          casing: 'none',
        },
        sk: {
          field: tableLayout.sortKey,
          composite: ['invitationId'],
          template: '${invitationId}',
          casing: 'none',
        },
      },
    },
  }),
);
