import { refusals } from '../../domain/errors.ts';

/** How what concerns Clerk is refused. */
export const clerkRefusals = refusals({
  identity_unavailable: [
    'identity_unavailable',
    "The sign-in service can't be reached. Nothing was changed; try again.",
  ],
  webhook_not_signed: ['unauthenticated', 'The webhook is not signed as it should be.'],
});
