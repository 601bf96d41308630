import { refusals } from '../errors.ts';

/** Refusals of the invitation use cases. */
export const invitationRefusals = refusals({
  invitation_not_found: ['not_found', 'Invitation not found.'],
  address_not_allowed: [
    'validation_failed',
    'This organization only allows email addresses at {domains}.',
    'email',
  ],
  already_invited: ['already_exists', 'This email address already has a pending invitation.'],
  address_listed_twice: ['already_exists', 'This email address is already in line {line}.'],
  invited_team_not_found: ['validation_failed', 'Team not found.', 'teamId'],
  invited_team_has_no_place: ['not_found', 'The team of this invitation is full.'],
  invitation_closed: ['conflict', 'This invitation is already {status}.'],
  invitation_not_resendable: ['conflict', 'This invitation is {status} and can’t be resent.'],
  invitation_used_meanwhile: ['stale', 'This invitation has just been accepted or revoked.'],
});
