import { refusals } from '../errors.ts';

/** How what concerns the comparison with Clerk is refused. */
export const driftRefusals = refusals({
  drift_run_under_way: ['conflict', 'A comparison with Clerk is under way. Wait for it to finish.'],
  drift_run_taken_over: ['conflict', 'Another run has taken over this comparison.'],
});
