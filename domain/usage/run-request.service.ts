import type { Actor } from '../actor.ts';
import { recordUsageRunRequest } from '../audit/record-access.ts';
import { directoryShards } from '../table/layout.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { dueAndDate } from './due.ts';
import type { RequestedUsageRuns, UsagePeriod } from './run.schema.ts';
import type { Task } from './run-records.service.ts';

/** Has the usage function begin a task, and doesn't wait for its end. */
export type StartTask = (task: Task) => Promise<void>;

/**
 * Starts the usage function for each shard of the organizations. The trail says who asked before anything is started. Asked
 * again in the same hour or day, a run that is over computes the same figures again, and one that is under way is taken over at
 * its checkpoint: docs/decisions/0015.
 */
export async function requestRuns(
  platform: OrganizationScope,
  actor: Actor,
  period: UsagePeriod,
  start: StartTask,
  now: Date,
): Promise<RequestedUsageRuns> {
  const { due, date } = dueAndDate(period, now);
  await recordUsageRunRequest({ scope: platform, actor, now }, { due, period });
  const shards = Array.from({ length: directoryShards }, (_, shard) => shard);
  await Promise.all(shards.map((shard) => start({ period, shard })));
  return { period, due, date, shards: directoryShards, requestedAt: now.toISOString() };
}
