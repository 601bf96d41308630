import { Logger } from '@aws-lambda-powertools/logger';
import * as z from 'zod/mini';
import { organizationIdsOfShard } from '../../domain/organization/directory.service.ts';
import { directoryIndex, directoryShards, partitionPatterns } from '../../domain/table/layout.ts';
import { openOrganizations, roleClient } from '../../domain/table/tables.ts';
import { stsAssumeRole } from '../../domain/table/tenant-credentials.ts';
import { takeSnapshot } from '../../domain/usage/usage.service.ts';
import { tenantSettings } from '../settings.ts';

const logger = new Logger();
const { TABLE_NAME, TENANT_ROLE_ARN } = tenantSettings();
const directory = roleClient(TABLE_NAME, [partitionPatterns.directory], [directoryIndex.name]);
const open = openOrganizations(TABLE_NAME, stsAssumeRole(TENANT_ROLE_ARN));

/** One schedule's input: its shard of the directory, and whether it takes today's figures or closes yesterday's. */
const Input = z.object({
  shard: z.int().check(z.minimum(0), z.maximum(directoryShards - 1)),
  period: z.enum(['hour', 'day']),
});

const dayMs = 86_400_000;

/**
 * Takes the usage snapshot of every organization of one shard, each under credentials for that organization alone. One that
 * fails doesn't keep the others from theirs; the run then fails as a whole, and the retry computes the same figures again.
 */
export const handler = async (event: unknown): Promise<{ organizations: number }> => {
  const { shard, period } = Input.parse(event);
  const now = new Date();
  const day = new Date(period === 'day' ? now.getTime() - dayMs : now).toISOString().slice(0, 10);
  const ids = await organizationIdsOfShard(directory, shard);
  const failures: unknown[] = [];
  for (const id of ids)
    await takeSnapshot(open(id), day, now).catch((error: unknown) => failures.push(error));
  logger.info('usage snapshots taken', {
    shard,
    period,
    day,
    organizations: ids.length,
    failed: failures.length,
  });
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} of ${ids.length} snapshots failed`);
  return { organizations: ids.length };
};
