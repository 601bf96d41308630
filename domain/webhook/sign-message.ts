import { createHmac, randomBytes } from 'node:crypto';
import { find } from '../table/reads.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { messageIdOf } from './deliveries.ts';
import { type SigningSecret, WebhookSecretItem } from './webhook.noun.ts';
import type { WebhookId } from './webhook.schema.ts';

/** A new secret, in the form of Standard Webhooks: `whsec_` and 256 random bits in base64. */
export const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;

/** The headers of a message. Source: Standard Webhooks, https://www.standardwebhooks.com */
function signedHeaders(
  message: { readonly id: string; readonly body: string },
  secrets: readonly SigningSecret[],
  now: Date,
): Readonly<Record<string, string>> {
  const seconds = String(Math.floor(now.getTime() / 1000));
  const valid = secrets.filter(({ until }) => until === undefined || until > now.toISOString());
  const signatures = valid.map(({ secret }) => {
    const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
    return `v1,${createHmac('sha256', key).update(`${message.id}.${seconds}.${message.body}`).digest('base64')}`;
  });
  return {
    'webhook-id': message.id,
    'webhook-timestamp': seconds,
    'webhook-signature': signatures.join(' '),
  };
}

interface Unsigned {
  readonly webhookId: WebhookId;
  readonly place: string;
  readonly body: string;
}

/** A message as it is posted, signed by the webhook's secrets. */
export async function signedRequest(
  scope: OrganizationScope,
  { webhookId, place, body }: Unsigned,
  now: Date,
) {
  const known = await find(scope, WebhookSecretItem, { webhookId });
  return {
    headers: signedHeaders({ id: messageIdOf(webhookId, place), body }, known?.secrets ?? [], now),
    body,
  };
}
