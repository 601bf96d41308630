import { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import * as z from 'zod/mini';
import { PLATFORM } from '../../domain/ids.ts';
import { directoryIndex, directoryShards, partitionPatterns } from '../../domain/table/layout.ts';
import { openInTurn, roleClient } from '../../domain/table/tables.ts';
import { stsAssumeRole } from '../../domain/table/tenant-credentials.ts';
import { calendarDate } from '../../domain/time.schema.ts';
import { missedDays } from '../../domain/usage/missed-days.ts';
import { mostDays, UsagePeriod } from '../../domain/usage/run.schema.ts';
import { closeDays, runShard, type UsageRunDependencies } from '../../domain/usage/run-shard.ts';
import { jobDone } from '../metrics.ts';
import { tenantSettings } from '../settings.ts';

const logger = new Logger();
const { TABLE_NAME, TENANT_ROLE_ARN } = tenantSettings();

const parts: UsageRunDependencies = {
  platform: { organizationId: PLATFORM, ...roleClient(TABLE_NAME, [partitionPatterns.usageRuns]) },
  directory: roleClient(TABLE_NAME, [partitionPatterns.directory], [directoryIndex.name]),
  open: openInTurn(TABLE_NAME, stsAssumeRole(TENANT_ROLE_ARN)),
  onFailure: (organizationId, error) => logger.error('snapshot failed', { organizationId, error }),
};

/**
 * A schedule's input: its directory shard, and whether it computes today's figures or closes yesterday's. A
 * super admin may name days to close instead.
 */
const Input = z.object({
  shard: z.int().check(z.minimum(0), z.maximum(directoryShards - 1)),
  period: UsagePeriod,
  dates: z.optional(z.array(calendarDate).check(z.minLength(1), z.maxLength(mostDays))),
});

function assertAll(organizations: number, failures: number): void {
  if (failures > 0) throw new Error(`${failures} of ${organizations + failures} snapshots failed`);
}

/** Closes missed days; see `closeDays`. */
async function close(shard: number, dates: readonly string[], now: Date) {
  const closed = await closeDays(parts, { shard, dates }, now);
  if (closed.days > 0) logger.info('days closed', { shard, ...closed });
  assertAll(closed.organizations, closed.failures);
  return closed;
}

/**
 * Computes usage for one shard of the organizations: see `runShard`. The daily run also closes missed days
 * of the last week. If some organizations fail, the run fails as a whole, so that an alarm is raised and
 * the retry tries them again.
 */
export const handler = async (event: unknown, context: Context): Promise<object> => {
  logger.addContext(context);
  const now = new Date();
  const { shard, period, dates } = Input.parse(event);
  if (dates !== undefined) return await close(shard, dates, now);
  const { organizations, failures, ...run } = await runShard(parts, { shard, period }, now);
  logger.info('usage computed', { ...run, organizations, failures });
  if (period === 'day') {
    const missed = await missedDays(parts.platform, shard, now);
    if (missed.length > 0) await close(shard, missed, now);
  }
  assertAll(organizations, failures);
  jobDone(`usage-${period}`);
  return { organizations };
};
