import { refusals } from '../../domain/errors.ts';

export const clerkRefusals = refusals({
  identity_unavailable: [
    'identity_unavailable',
    'The sign-in service isn’t available. Nothing was changed. Try again in a moment.',
  ],
  webhook_not_signed: ['unauthenticated', 'The webhook’s signature isn’t valid.'],
});
