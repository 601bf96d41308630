import { refusals } from '../errors.ts';

/** The refusals of a request because of its `Idempotency-Key`. */
export const idempotencyRefusals = refusals({
  request_in_progress: [
    'conflict',
    'A request with this Idempotency-Key is being processed. Ask again in a few seconds for its answer.',
  ],
  rights_changed_since: [
    'conflict',
    'A request with this Idempotency-Key was done, and your role or teams have changed since. Read what there is now instead.',
  ],
  key_of_another_request: [
    'idempotency_mismatch',
    'This Idempotency-Key was used for another request. Take a new key for each new request.',
  ],
});
