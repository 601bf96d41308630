import { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import * as z from 'zod/mini';
import { checkpointShard } from '../../domain/audit/checkpoints/checkpoint-shard.ts';
import { notaryOf } from '../../domain/audit/checkpoints/notary.ts';
import { proveRound } from '../../domain/audit/checkpoints/rounds.ts';
import { takeCheckpoint } from '../../domain/audit/checkpoints/take-checkpoint.ts';
import { signCertificate } from '../../domain/departure/sign-certificate.ts';
import { OrganizationId, PLATFORM } from '../../domain/ids.ts';
import { directoryIndex, directoryShards, partitionPatterns, shardOf } from '../../domain/table/layout.ts';
import { platformScope, withinOrganization } from '../../domain/table/scope.ts';
import { roleClient } from '../../domain/table/tables.ts';
import { brokenTrail } from '../../events/alarming.ts';
import { publicKeyOf, signText } from '../aws/kms.ts';
import { putOnce, readObject } from '../aws/object-store.ts';
import { jobDone } from '../metrics.ts';
import { checkpointSettings } from '../settings.ts';

const logger = new Logger();
const { TABLE_NAME, APP_ORIGIN, AUDIT_KEY_ID, ANCHOR_BUCKET_NAME } = checkpointSettings();
const { directory, audit, auditTree, auditRounds, organizations } = partitionPatterns;

const trails = roleClient(TABLE_NAME, [audit, auditTree, auditRounds, organizations]);
const departures = platformScope(roleClient(TABLE_NAME, partitionPatterns.removals));
const tools = {
  notary: notaryOf(APP_ORIGIN, {
    publicKey: () => publicKeyOf(AUDIT_KEY_ID),
    sign: (text) => signText(AUDIT_KEY_ID, text),
  }),
  anchors: {
    put: (key: string, text: string) => putOnce(ANCHOR_BUCKET_NAME, key, text),
    read: (key: string) => readObject(ANCHOR_BUCKET_NAME, key),
  },
};
const report = (organizationId: OrganizationId, broken: object) =>
  logger.error(brokenTrail, { organizationId, ...broken });

/**
 * A schedule passes a directory shard; the API passes one organization, and a deletion the organization
 * whose certificate needs a checkpoint.
 */
const Input = z.union([
  z.object({ certify: OrganizationId }),
  z.object({ shard: z.int().check(z.minimum(0), z.maximum(directoryShards - 1)) }),
  z.object({ organizationId: OrganizationId }),
]);

async function checkpointOne(organizationId: OrganizationId, now: Date): Promise<object> {
  const scope = withinOrganization(trails, organizationId);
  const { newest, broken, isAll } = await takeCheckpoint(scope, tools, now);
  if (broken !== null) report(organizationId, broken);
  const platform = withinOrganization(trails, PLATFORM);
  const shard = organizationId === PLATFORM ? 0 : shardOf(organizationId, directoryShards);
  await proveRound(scope, platform, tools.anchors, shard);
  return { size: newest?.size ?? 0, isAll };
}

/**
 * Seals audit logs, signs their checkpoints and anchors them: see `checkpointShard`. If some fail, the run
 * fails as a whole, so that an alarm is raised and the retry tries them again.
 */
export const handler = async (event: unknown, context: Context): Promise<object> => {
  logger.addContext(context);
  const input = Input.parse(event);
  if ('certify' in input) return await signCertificate(departures, input.certify, tools.notary);
  if ('organizationId' in input) return await checkpointOne(input.organizationId, new Date());
  const { shard } = input;
  const figures = await checkpointShard(
    {
      ...tools,
      trails,
      directory: roleClient(TABLE_NAME, [directory], [directoryIndex.name]),
      onFailure: (organizationId, error) => logger.error('checkpoint failed', { organizationId, error }),
      onBroken: report,
    },
    shard,
    new Date(),
  );
  if (figures.failures > 0) throw new Error(`${figures.failures} audit checkpoints failed`);
  logger.info('audit trails checkpointed', { shard, ...figures });
  jobDone('audit-checkpoints');
  return figures;
};
