import { refusals } from '../errors.ts';

/** How the computing of figures refuses. */
export const usageRefusals = refusals({
  usage_run_taken_over: ['conflict', 'Another run of this shard has taken over.'],
});
