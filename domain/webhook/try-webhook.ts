import { ulid } from 'ulid';
import type { OrganizationScope } from '../table/scope.ts';
import { bucketOf, keysOf } from './log-objects.ts';
import { requireStored } from './manage-webhooks.ts';
import type { Tools } from './send-webhooks.ts';
import { signedRequest } from './sign-message.ts';
import type { Attempt, WebhookId } from './webhook.schema.ts';

/**
 * Tries a webhook's target, whether it is active or paused: posts a signed message of type `webhook.test`, or
 * writes a small object into the bucket and reads it back. Throws `not_found`.
 */
export async function tryWebhook(
  scope: OrganizationScope,
  webhookId: WebhookId,
  { request, openBucket, now: clock }: Pick<Tools, 'request' | 'openBucket' | 'now'>,
): Promise<Attempt> {
  const found = await requireStored(scope, webhookId);
  const { organizationId } = scope;
  const now = clock();
  const at = now.toISOString();
  const bucket = bucketOf(found);
  if (bucket !== undefined)
    return { at, ...(await openBucket(bucket, organizationId).test(`${keysOf(bucket, scope)}/test.json`)) };
  const body = JSON.stringify({ type: 'webhook.test', timestamp: at, data: { organizationId } });
  const message = { webhookId, place: `test_${ulid(now.getTime())}`, body };
  return { at, ...(await request(found.url, await signedRequest(scope, message, now))) };
}
