import * as z from 'zod/mini';
import { OrganizationId } from '../ids.ts';
import { pageLimit } from '../page.schema.ts';
import { calendarDate, timestamp } from '../time.schema.ts';

export const UsagePeriod = z.enum(['hour', 'day']);
export type UsagePeriod = z.infer<typeof UsagePeriod>;

/** One run of the usage function over one shard of the organizations. */
export const UsageRun = z.object({
  /** The hour (`yyyy-mm-ddThh`) or day in which it was due. */
  due: z.string(),
  period: UsagePeriod,
  shard: z.int(),
  /** The day whose figures it computes. */
  date: calendarDate,
  /** `running` until all organizations of the shard are done; `failed` when some couldn't be computed. */
  status: z.enum(['running', 'done', 'failed']),
  /** How often it was begun or resumed. */
  attempts: z.int(),
  organizations: z.int(),
  failures: z.int(),
  /** The first organizations that failed. */
  failed: z.array(OrganizationId),
  startedAt: timestamp,
  finishedAt: z.optional(timestamp),
});
export type UsageRun = z.infer<typeof UsageRun>;

export const UsageRunQuery = z.strictObject({ limit: pageLimit });
export const UsageRunList = z.object({ items: z.array(UsageRun) });

/** The runs that the super admin requests: for today's figures so far, or to close yesterday. */
export const UsageRunRequest = z.strictObject({ period: UsagePeriod });

/** Requested runs, one for each shard: those that finish after `requestedAt`. */
export const RequestedUsageRuns = z.object({
  period: UsagePeriod,
  due: z.string(),
  /** The day whose figures they compute. */
  date: calendarDate,
  /** How many runs. */
  shards: z.int(),
  requestedAt: timestamp,
});
export type RequestedUsageRuns = z.infer<typeof RequestedUsageRuns>;
