import type { Context } from '../context.ts';
import { UserId } from '../ids.ts';
import { driftRefusals } from './drift.refusals.ts';
import { latestDriftRuns } from './drift-runs.ts';
import type { DriftTask } from './run-drift.ts';

/**
 * Starts a drift check now. Throws `conflict` while one is in progress, which continues by itself.
 * @param ctx its scope is the platform's
 * @param start invokes the function asynchronously
 */
export async function requestDriftRun(
  { scope, actor, now }: Context,
  { dryRun }: { readonly dryRun: boolean },
  start: (task: DriftTask) => Promise<void>,
): Promise<{ dryRun: boolean; requestedAt: string }> {
  const [latest] = await latestDriftRuns(scope, 1);
  if (latest !== undefined && latest.status !== 'done') throw driftRefusals.drift_run_under_way();
  await start({ dryRun, requestedBy: UserId.parse(actor.by) });
  return { dryRun, requestedAt: now.toISOString() };
}
