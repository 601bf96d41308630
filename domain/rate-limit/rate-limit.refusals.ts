import { refusals } from '../errors.ts';

/** Refusals of requests beyond the limit. */
export const rateLimitRefusals = refusals({
  too_many_for_the_plan: [
    'rate_limited',
    'Your plan’s limit of {limit} requests per minute is reached. Try again in a minute.',
  ],
  too_many_for_one_person: [
    'rate_limited',
    'The limit of {limit} requests per minute and person is reached. Try again in a minute.',
  ],
});
