import { CustomAttributeType, Entity } from 'electrodb';
import { roles, TeamRole } from '../access/roles.schema.ts';
import type { InvitationId, OrganizationId, TeamId, UserId } from '../ids.ts';
import { stampedAttributes } from '../table/change-stamp.ts';
import { identified } from '../table/identified.ts';
import { memberIndex, tableLayout } from '../table/layout.ts';

/** What `teamKey` says of an invitation into no team. */
export const noTeam = 'none';

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
      teamId: { type: CustomAttributeType<TeamId>('string') },
      teamRole: { type: TeamRole.options },
      /** `teamId` for the index, which wants a value always: `none` leaves the invitation out of it. */
      teamKey: { type: 'string', required: true, readOnly: true },
      status: { type: ['pending', 'accepted', 'revoked', 'expired'] as const, required: true },
      delivery: { type: ['queued', 'sent', 'failed'] as const, required: true },
      deliveryProblem: { type: 'string' },
      providerId: { type: 'string' },
      /**
       * Who stands behind it: who made it, or sent it again last, and in which role. Earlier invitations
       * don't say the role.
       */
      invitedBy: { type: 'string', required: true },
      inviterRole: { type: [...roles, 'system'] as const },
      acceptedBy: { type: CustomAttributeType<UserId>('string') },
      validUntil: { type: 'string', required: true },
      lifetimeDays: { type: 'number' },
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
      /** Those into a team: what its leader lists. */
      byTeam: {
        index: memberIndex.name,
        condition: ({ teamKey }) => teamKey !== noTeam,
        pk: {
          field: memberIndex.partitionKey,
          composite: ['organizationId', 'teamKey'],
          template: '${organizationId}#team#${teamKey}',
          casing: 'none',
        },
        sk: {
          field: memberIndex.sortKey,
          composite: ['invitationId'],
          template: 'invitation#${invitationId}',
          casing: 'none',
        },
      },
    },
  }),
);
