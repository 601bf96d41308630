import { refusals } from '../errors.ts';

/** Refusals that concern drift checks. */
export const driftRefusals = refusals({
  drift_run_under_way: ['conflict', 'A comparison with Clerk is in progress. Wait for it to finish.'],
  drift_run_taken_over: ['conflict', 'Another run has taken over this comparison.'],
});
