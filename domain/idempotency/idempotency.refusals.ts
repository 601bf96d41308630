import { refusals } from '../errors.ts';

/** Refusals because of an `Idempotency-Key`. */
export const idempotencyRefusals = refusals({
  request_in_progress: [
    'conflict',
    'A request with this Idempotency-Key is still being processed. Send it again in a few seconds to get the response.',
  ],
  rights_changed_since: [
    'conflict',
    'A request with this Idempotency-Key was completed, but your role or teams have changed since. Read the current data instead.',
  ],
  key_of_another_request: [
    'idempotency_mismatch',
    'This Idempotency-Key was used for a different request. Use a new key for each request.',
  ],
});
