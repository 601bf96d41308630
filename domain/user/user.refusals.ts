import { refusals } from '../errors.ts';

/** Refusals of the user use cases. */
export const userRefusals = refusals({
  user_not_found: ['not_found', 'User not found.'],
  user_changed_meanwhile: ['conflict', 'This user has just been changed or removed. Reload and try again.'],
  user_is_a_member: ['already_exists', 'This person is already a member.'],
  /** Doesn't reveal which organization has the address. */
  email_taken: ['already_exists', 'This email address already has an account or a pending invitation.'],
  role_out_of_reach: ['forbidden', 'Your role can’t grant, change or remove the role {role}.'],
});
