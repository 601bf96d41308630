import { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import * as z from 'zod/mini';
import { OrganizationId, PLATFORM } from '../../domain/ids.ts';
import { partitionPatterns } from '../../domain/table/layout.ts';
import { openInTurn, roleClient } from '../../domain/table/tables.ts';
import { stsAssumeRole } from '../../domain/table/tenant-credentials.ts';
import { webhooksDue } from '../../domain/webhook/manage-webhooks.ts';
import { sendWebhooks } from '../../domain/webhook/send-webhooks.ts';
import { tryWebhook } from '../../domain/webhook/try-webhook.ts';
import { type Attempt, WebhookId } from '../../domain/webhook/webhook.schema.ts';
import { openBucket } from '../aws/log-bucket.ts';
import { jobDone } from '../metrics.ts';
import { senderSettings, tenantSettings } from '../settings.ts';
import { requestTarget } from './request-target.ts';

const logger = new Logger();
const { TABLE_NAME, TENANT_ROLE_ARN } = tenantSettings();
const { WEBHOOKS_TO_LOCALHOST } = senderSettings();
const open = openInTurn(TABLE_NAME, stsAssumeRole(TENANT_ROLE_ARN));
const due = webhooksDue({
  organizationId: PLATFORM,
  ...roleClient(TABLE_NAME, [partitionPatterns.webhookDue]),
});
const request = requestTarget({ isLocalAllowed: WEBHOOKS_TO_LOCALHOST === 'true' });

const tools = { request, openBucket, now: () => new Date() };

/**
 * Something happened in an organization; a user is waiting for a test's result; or the schedule asks for
 * due messages.
 */
const Ask = z.union([
  z.strictObject({ organizationId: OrganizationId }),
  z.strictObject({ organizationId: OrganizationId, test: WebhookId }),
  z.strictObject({ due: z.literal(true) }),
]);

/** A request takes ten seconds at most, plus a moment to store the outcome. */
const leastMs = 20_000;
const atOnce = 8;

type Invocation = Pick<Context, 'getRemainingTimeInMillis'>;

/** Sends an organization's messages. It stays on the due list until then, so that a crash loses nothing. */
async function sendFor(organizationId: OrganizationId, invocation: Invocation): Promise<void> {
  const mark = await due.put(organizationId, new Date(Date.now() + 120_000));
  const hasTime = () => invocation.getRemainingTimeInMillis() > leastMs;
  const next = await sendWebhooks(open(organizationId), { ...tools, hasTime });
  await due.settle(organizationId, mark, next);
}

/**
 * Sends webhook messages when an organization's audit log has grown, and each minute what is due. Returns
 * the outcome of a test.
 */
export const handler = async (
  event: unknown,
  invocation: Invocation,
): Promise<{ readonly organizations: number } | Attempt> => {
  const ask = Ask.parse(event);
  if ('test' in ask) return await tryWebhook(open(ask.organizationId), ask.test, tools);
  const ids = 'organizationId' in ask ? [ask.organizationId] : await due.at(new Date());
  const left = ids.values();
  let failures = 0;
  const worker = async () => {
    for (const organizationId of left) {
      if (invocation.getRemainingTimeInMillis() < leastMs) return;
      await sendFor(organizationId, invocation).catch((error: unknown) => {
        failures += 1;
        logger.error('webhooks were not sent', {
          organizationId,
          error: error instanceof Error ? error : String(error),
        });
      });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  if (failures > 0) throw new Error(`webhooks of ${failures} organizations were not sent`);
  if ('due' in ask) jobDone('webhooks');
  return { organizations: ids.length };
};
