import type { Role, TeamRole } from '../access/roles.schema.ts';
import type { InvitationId, TeamId, UserId } from '../ids.ts';
import { acts, fixed, item, noun, number, optional, text } from '../table/item.ts';
import { memberIndex } from '../table/layout.ts';

/** The `teamKey` of an invitation without a team. */
export const noTeam = 'none';

/** An invitation. `validUntil` is its expiry (ISO 8601 UTC). */
export const InvitationItem = item({
  name: 'invitation',
  key: ['{organizationId}#invitation', '{invitationId}'],
  attributes: {
    invitationId: text<InvitationId>(),
    email: text(),
    name: text(),
    role: text<Role>(),
    teamId: optional(text<TeamId>()),
    teamRole: optional(text<TeamRole>()),
    /** `teamId` for the index, which always needs a value: `none` keeps it out of the index. */
    teamKey: fixed(text()),
    status: text<'pending' | 'accepted' | 'revoked' | 'expired'>(),
    delivery: text<'queued' | 'sent' | 'failed'>(),
    deliveryProblem: optional(text()),
    providerId: optional(text()),
    /** Who created it or last resent it, and in which role. Missing in older invitations. */
    invitedBy: text(),
    inviterRole: optional(text<Role | 'system'>()),
    acceptedBy: optional(text<UserId>()),
    validUntil: text(),
    lifetimeDays: optional(number()),
  },
  places: {
    byTeam: {
      index: memberIndex,
      key: ['{organizationId}#team#{teamKey}', 'invitation#{invitationId}'],
      when: ({ teamKey }) => teamKey !== noTeam,
    },
  },
  trail: {
    ...acts({
      'invitation.created': 'never: invitation',
      'invitation.sent': 'never: invitation',
      'invitation.delivery-failed': 'never: invitation',
      'invitation.renewed': 'never: invitation',
      'invitation.accepted': 'never: invitation',
      'invitation.revoked': 'never: invitation',
      'invitation.expired': 'never: invitation',
    }),
    shows: [
      'invitationId',
      'email',
      'name',
      'role',
      'teamId',
      'teamRole',
      'status',
      'delivery',
      'deliveryProblem',
      'invitedBy',
      'acceptedBy',
      'validUntil',
      'lifetimeDays',
    ],
    hides: ['providerId', 'teamKey', 'inviterRole'],
  },
});

export const invitationNoun = noun({
  name: 'invitation',
  subjects: ['Invitation'],
  items: [InvitationItem],
});
