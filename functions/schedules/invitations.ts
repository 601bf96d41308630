import { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import * as z from 'zod/mini';
import { systemActor } from '../../domain/actor.ts';
import { PLATFORM } from '../../domain/ids.ts';
import { maintainShard } from '../../domain/invitation/maintain-invitations.ts';
import { directoryIndex, directoryShards, partitionPatterns } from '../../domain/table/layout.ts';
import { openInTurn, roleClient } from '../../domain/table/tables.ts';
import { stsAssumeRole } from '../../domain/table/tenant-credentials.ts';
import { memberTwice } from '../../events/alarming.ts';
import { identityProvider, sendingFor } from '../clerk/identity-provider.ts';
import { jobDone } from '../metrics.ts';
import { gatewaySettings, tenantSettings } from '../settings.ts';

const logger = new Logger();
const { TABLE_NAME, TENANT_ROLE_ARN } = tenantSettings();
const directory = roleClient(TABLE_NAME, [partitionPatterns.directory], [directoryIndex.name]);
const platform = {
  organizationId: PLATFORM,
  ...roleClient(TABLE_NAME, [partitionPatterns.memberClaims]),
};
const open = openInTurn(TABLE_NAME, stsAssumeRole(TENANT_ROLE_ARN));
const provider = identityProvider(gatewaySettings().CLERK_GATEWAY_NAME);

/** A schedule's input: its directory shard. */
const Input = z.object({ shard: z.int().check(z.minimum(0), z.maximum(directoryShards - 1)) });

/** How long a run sends emails; the rest is left to the next one. */
const sendingMs = 180_000;

/**
 * The hourly maintenance of a shard's invitations: see `maintainShard`. Each organization is processed with
 * its own credentials, and a failure doesn't affect the others; the run then fails as a whole, so that an
 * alarm is raised.
 */
export const handler = async (event: unknown, context: Context): Promise<{ organizations: number }> => {
  logger.addContext(context);
  const { shard } = Input.parse(event);
  const { failures, membersTwice, ...figures } = await maintainShard(
    { directory, platform, open, sender: sendingFor(sendingMs, provider), link: provider.link },
    { shard, actor: systemActor('invitations', `invitations-${new Date().toISOString()}-${shard}`) },
    () => new Date(),
  );
  for (const twice of membersTwice) logger.warn(memberTwice, twice);
  logger.info('invitations kept', { shard, ...figures, failed: failures.length });
  if (failures.length > 0)
    throw new AggregateError(failures, `the invitations of ${failures.length} organizations failed`);
  jobDone('invitations');
  return { organizations: figures.organizations };
};
