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
  shown: {
    invitationId: text<InvitationId>(),
    email: text(),
    name: text(),
    role: text<Role>(),
    teamId: optional(text<TeamId>()),
    teamRole: optional(text<TeamRole>()),
    status: text<'pending' | 'accepted' | 'revoked' | 'expired'>(),
    delivery: text<'queued' | 'sent' | 'failed'>(),
    deliveryProblem: optional(text()),
    /** Who created it or last resent it, and in which role. Missing in older invitations. */
    invitedBy: text(),
    acceptedBy: optional(text<UserId>()),
    validUntil: text(),
    lifetimeDays: optional(number()),
  },
  hidden: {
    /** `teamId` for the index, which always needs a value: `none` keeps it out of the index. */
    teamKey: fixed(text()),
    providerId: optional(text()),
    inviterRole: optional(text<Role | 'system'>()),
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
      'never: invitation': [
        'invitation.created',
        'invitation.sent',
        'invitation.delivery-failed',
        'invitation.renewed',
        'invitation.accepted',
        'invitation.revoked',
        'invitation.expired',
      ],
    }),
  },
});

export const invitationNoun = noun({
  name: 'invitation',
  subjects: ['Invitation'],
  items: [InvitationItem],
});
