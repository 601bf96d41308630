import { refusals } from '../errors.ts';

/** The refusals of use cases of users. */
export const userRefusals = refusals({
  user_not_found: ['not_found', 'There is no such user.'],
  user_changed_meanwhile: [
    'conflict',
    'This person was changed or removed at the same moment. Read again, then try again.',
  ],
  user_is_a_member: ['already_exists', 'This person is already a member.'],
  /** The sentence doesn't say which organization has the address. */
  email_taken: ['already_exists', 'This address already has an account or an open invitation.'],
  role_out_of_reach: ['forbidden', 'Your role may not grant, change or remove the role {role}.'],
});
