import { refusals } from '../errors.ts';

/** How use cases of users refuse. */
export const userRefusals = refusals({
  user_not_found: ['not_found', 'There is no such user.'],
});
