import { Logger } from '@aws-lambda-powertools/logger';
import * as z from 'zod/mini';
import { readKeyText } from '../../domain/api-key/key-text.ts';
import { judgeKey } from '../../domain/api-key/use-api-key.ts';
import { partitionPatterns } from '../../domain/table/layout.ts';
import { withinOrganization } from '../../domain/table/scope.ts';
import { roleClient } from '../../domain/table/tables.ts';
import { stsAssumeRole } from '../../domain/table/tenant-credentials.ts';
import { stageSettings, tenantSettings } from '../settings.ts';
import type { BrokerAnswer } from './key-sessions.ts';

const logger = new Logger();
const { TABLE_NAME, TENANT_ROLE_ARN } = tenantSettings();
const { STAGE } = stageSettings();
const keys = roleClient(TABLE_NAME, [partitionPatterns.apiKeys]);
const assumeRole = stsAssumeRole(TENANT_ROLE_ARN);

const Ask = z.object({ key: z.string() });

/**
 * Exchanges an API key for credentials of its organization, as AWS STS does for a user's token. Only this
 * function can start a session for machines, and it parses nothing but a key; the function that serves them
 * can't.
 */
export const handler = async (event: unknown): Promise<BrokerAnswer> => {
  const presented = readKeyText(STAGE, Ask.parse(event).key);
  if (presented === null) return { is: 'refused', reason: 'key_unknown' };
  const { organizationId, apiKeyId } = presented;
  const reason = await judgeKey(withinOrganization(keys, organizationId), presented, new Date());
  if (reason !== null) {
    logger.warn('an API key was refused', { organizationId, apiKeyId, reason });
    return { is: 'refused', reason };
  }
  const { accessKeyId, secretAccessKey, sessionToken = '', expiration } = await assumeRole(organizationId);
  return {
    is: 'open',
    accessKeyId,
    secretAccessKey,
    sessionToken,
    expiration: (expiration ?? new Date()).toISOString(),
  };
};
