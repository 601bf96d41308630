import { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import * as z from 'zod/mini';
import { PLATFORM } from '../../domain/ids.ts';
import { directoryIndex, directoryShards, partitionPatterns } from '../../domain/table/layout.ts';
import { openInTurn, roleClient } from '../../domain/table/tables.ts';
import { stsAssumeRole } from '../../domain/table/tenant-credentials.ts';
import { UsagePeriod } from '../../domain/usage/run.schema.ts';
import { runShard, type UsageRunDependencies } from '../../domain/usage/run-shard.ts';
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
 * One schedule's input: its shard of the directory, and whether it takes today's figures or closes
 * yesterday's.
 */
const Input = z.object({
  shard: z.int().check(z.minimum(0), z.maximum(directoryShards - 1)),
  period: UsagePeriod,
});

/**
 * Computes usage for one shard of the organizations: see `runShard`. When some failed, the run fails as a
 * whole, so that an alarm tells of it and the retry tries them again.
 */
export const handler = async (event: unknown, context: Context): Promise<{ organizations: number }> => {
  logger.addContext(context);
  const input = Input.parse(event);
  const { organizations, failures, ...run } = await runShard(parts, input, new Date());
  logger.info('usage computed', { ...run, organizations, failures });
  if (failures > 0) throw new Error(`${failures} of ${organizations + failures} snapshots failed`);
  jobDone(`usage-${input.period}`);
  return { organizations };
};
