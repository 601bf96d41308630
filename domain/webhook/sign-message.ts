import { createHmac, randomBytes } from 'node:crypto';
import type { SigningSecret } from './webhook.noun.ts';

/** A new secret, in the form of Standard Webhooks: `whsec_` and 256 random bits in base64. */
export const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;

/** The headers of a message. Source: Standard Webhooks, https://www.standardwebhooks.com */
export function signedHeaders(
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
