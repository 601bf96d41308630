import { refusals } from '../errors.ts';

/** The refusals of use cases of invitations. */
export const invitationRefusals = refusals({
  invitation_not_found: ['not_found', 'There is no such invitation.'],
  address_not_allowed: [
    'validation_failed',
    'This organization invites addresses of {domains} only.',
    'email',
  ],
  already_invited: ['already_exists', 'This address has an open invitation already.'],
  address_listed_twice: ['already_exists', 'This address stands in line {line} of the list already.'],
  invited_team_not_found: ['validation_failed', 'There is no such team.', 'teamId'],
  invited_team_has_no_place: ['not_found', 'The team of this invitation has no place any more.'],
  invitation_closed: ['conflict', 'This invitation was {status} already.'],
  invitation_not_resendable: ['conflict', "This invitation was {status}; it can't be sent again."],
  invitation_used_meanwhile: ['stale', 'This invitation was used or taken back at the same moment.'],
});
