import { refusals } from '../errors.ts';

/** Refusals of usage runs. */
export const usageRefusals = refusals({
  usage_run_taken_over: ['conflict', 'Another usage job for this shard is already running.'],
  usage_day_not_over: ['validation_failed', 'Choose days that are over (UTC).', 'to'],
  usage_day_too_old: [
    'validation_failed',
    'Choose days starting {earliest}. Earlier days can no longer be counted.',
    'from',
  ],
});
