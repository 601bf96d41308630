import { refusals } from '../errors.ts';

/** The refusals of usage runs. */
export const usageRefusals = refusals({
  usage_run_taken_over: ['conflict', 'Another usage job for this shard is already running.'],
});
