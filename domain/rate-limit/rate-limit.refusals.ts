import { refusals } from '../errors.ts';

/** The refusals of requests beyond the limit. */
export const rateLimitRefusals = refusals({
  too_many_for_the_plan: [
    'rate_limited',
    'More than {limit} requests in this minute are more than the plan allows. Wait for the next minute.',
  ],
  too_many_for_one_person: [
    'rate_limited',
    'More than {limit} requests in this minute are more than one person may make. Wait for the next minute.',
  ],
});
