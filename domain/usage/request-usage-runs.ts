import { recordUsageRunRequest } from '../audit/record-access.ts';
import type { Context } from '../context.ts';
import { directoryShards } from '../table/layout.ts';
import type { RequestedUsageRuns, UsagePeriod } from './run.schema.ts';
import { dueAndDate } from './usage-day.ts';
import type { Task } from './usage-runs.ts';

interface Request {
  readonly period: UsagePeriod;
  /** Starts a task of the usage function without waiting for its end. */
  readonly start: (task: Task) => Promise<void>;
}

/**
 * Starts the usage function for each shard of the organizations. The audit entry is written before anything
 * is started. Requested again in the same hour or day, a finished run computes the same figures again, and
 * one under way is taken over at its checkpoint: docs/decisions/0015.
 * @param ctx its scope is the platform's
 */
export async function requestUsageRuns(
  ctx: Context,
  { period, start }: Request,
): Promise<RequestedUsageRuns> {
  const { due, date } = dueAndDate(period, ctx.now);
  await recordUsageRunRequest(ctx, { due, period });
  const shards = Array.from({ length: directoryShards }, (_, shard) => shard);
  await Promise.all(shards.map((shard) => start({ period, shard })));
  return { period, due, date, shards: directoryShards, requestedAt: ctx.now.toISOString() };
}
