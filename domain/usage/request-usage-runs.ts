import { recordUsageRunRequest } from '../audit/record-access.ts';
import type { Context } from '../context.ts';
import { directoryShards } from '../table/layout.ts';
import { assertClosable, openDays } from './missed-days.ts';
import type { RequestedUsageRuns, UsagePeriod } from './run.schema.ts';
import { daysBetween, dueAndDate } from './usage-day.ts';

/** The usage function's input: a task, or the days of a shard to close. */
interface Start {
  readonly period: UsagePeriod;
  readonly shard: number;
  readonly dates?: readonly string[];
}

interface Request {
  readonly period: UsagePeriod;
  /** First and last day to close; by default the one due for the period. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Invokes the usage function asynchronously. */
  readonly start: (task: Start) => Promise<void>;
}

const shards = Array.from({ length: directoryShards }, (_, shard) => shard);

/**
 * Starts the usage function for each shard. The audit entry is written first. If requested again in the
 * same hour or day, a finished run computes the same figures again, and one in progress is taken over at
 * its checkpoint: docs/decisions/0015. Of the given days only those that aren't final are closed.
 * @param ctx its scope is the platform's
 */
export async function requestUsageRuns(ctx: Context, request: Request): Promise<RequestedUsageRuns> {
  const { period, from, to, start } = request;
  if (from !== undefined && to !== undefined) return await requestDays(ctx, { from, to, start });
  const { due, date } = dueAndDate(period, ctx.now);
  await recordUsageRunRequest(ctx, { due, filter: { period } });
  await Promise.all(shards.map((shard) => start({ period, shard })));
  return { period, due, date, shards: directoryShards, requestedAt: ctx.now.toISOString() };
}

async function requestDays(
  ctx: Context,
  { from, to, start }: { readonly from: string; readonly to: string } & Pick<Request, 'start'>,
): Promise<RequestedUsageRuns> {
  assertClosable(daysBetween(from, to), ctx.now);
  const { due } = dueAndDate('day', ctx.now, to);
  await recordUsageRunRequest(ctx, { due, filter: { period: 'day', from, to } });
  const open = await openDays(ctx.scope, from, to);
  for (const [shard, days] of Map.groupBy(open, (day) => day.shard))
    await start({ period: 'day', shard, dates: days.map(({ date }) => date) });
  return { period: 'day', due, date: to, from, shards: open.length, requestedAt: ctx.now.toISOString() };
}
